// What the types must refuse: a call here that compiled would leave its @ts-expect-error unused, which is an error.
import { createCrossAccountClient } from "crossaccount";
import { createAssumer } from "crossaccount/assume";
import { defineConfig } from "crossaccount/config";
import { createLocalEncryptor } from "crossaccount/encryptors";
import { createPortalClient } from "crossaccount/portal";
import { isUsable } from "crossaccount/status";
import { createMemoryStorage } from "crossaccount/testing";
import { createWebhookVerifier } from "crossaccount/webhooks";
import { createSandbox } from "crossaccount-sandbox";
import { assumer, client, input, portal } from "./right.js";

// @ts-expect-error a config without its permissions
defineConfig({
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "t",
  branding: input.branding,
});
// @ts-expect-error an account ID as a number, which loses leading zeros
defineConfig({ ...input, serviceAccountId: 12345678901 });
// @ts-expect-error a client of what defineConfig has not read
createCrossAccountClient(input);
// @ts-expect-error a use without its purpose
client.assumeCustomerRole("acme", {});
// @ts-expect-error an actor of a kind that the access log does not know
client.assumeCustomerRole("acme", { purpose: "p", actor: { type: "robot", id: "1" } });
// @ts-expect-error a role without its customer
void client.verifyIntegration({ roleArn: "arn:aws:iam::111122223333:role/a" });
// @ts-expect-error an external ID is issued, never given
void client.generateIntegrationUrl({ customerId: "acme", externalId: "mine" });
// @ts-expect-error an assumer without an access log
createAssumer({ serviceName: "s", storage: createMemoryStorage(), encryptor: createLocalEncryptor({ keys: [] }) });
// @ts-expect-error an assumer cannot verify
void assumer.verifyIntegration;
// @ts-expect-error a key as text
createLocalEncryptor({ keys: [{ id: "a", key: "secret" }] });
// @ts-expect-error a status that there is not
isUsable("working");
// @ts-expect-error a parsed body cannot be verified
createWebhookVerifier({ secrets: [] }).verify({ id: "1" }, {});
// @ts-expect-error an option that the sandbox does not have
void createSandbox({ file: "state.json" });
// @ts-expect-error a client of the API without a key
createPortalClient({ url: "https://portal.example" });
// @ts-expect-error a connection without its Region
void portal.connections.create({ name: "Main" });
// @ts-expect-error a status that there is not
portal.connections.list({ status: "fine" });
