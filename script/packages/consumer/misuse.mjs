// Each misuse of the package by plain JavaScript, and what it throws: one line of JSON, { misuse: [class, code] }.
import { createCrossAccountClient } from "crossaccount";
import { createAssumer } from "crossaccount/assume";
import { defineConfig, parseConfig } from "crossaccount/config";
import { createKmsEncryptor, createLocalEncryptor } from "crossaccount/encryptors";
import { createPortalClient } from "crossaccount/portal";
import { createMemoryAccessLog, createMemoryEncryptor, createMemoryStorage } from "crossaccount/testing";
import { createWebhookVerifier } from "crossaccount/webhooks";
import { config } from "./permissions.mjs";

const client = createCrossAccountClient(config);
const parts = {
  storage: createMemoryStorage(),
  encryptor: createMemoryEncryptor(),
  accessLog: createMemoryAccessLog(),
};
const assumer = createAssumer({ serviceName: "s", ...parts });
const broken = createAssumer({
  serviceName: "s",
  ...parts,
  storage: { list: async () => Promise.reject(new Error("down")) },
});

const misuses = {
  "a config of nothing": () => defineConfig(),
  "a config that is text": () => parseConfig("{}"),
  "a verb without options": () => client.generateIntegrationUrl(),
  "a verb with empty options": () => client.verifyIntegration({}),
  "a customer that is not there": () => client.assumeCustomerRole("nobody", { purpose: "p" })(),
  "a use without a purpose": () => client.assumeCustomerRole("acme", {}),
  "a use without options": () => client.assumeCustomerRole("acme"),
  "a customer that is no text": () => assumer.assumeCustomerRole(7, { purpose: "p" }),
  "an assumer of nothing": () => createAssumer(),
  "an assumer without storage": () => createAssumer({ serviceName: "s", ...parts, storage: undefined }),
  "a storage that throws": () => broken.assumeCustomerRole("acme", { purpose: "p" })(),
  "an empty key ring": () => createLocalEncryptor({ keys: [] }),
  "a short key": () => createLocalEncryptor({ keys: [{ id: "a", key: new Uint8Array(16) }] }),
  "a KMS alias": () => createKmsEncryptor({ keyId: "alias/mine" }),
  "a foreign ciphertext": () =>
    createMemoryEncryptor().decrypt(new Uint8Array(40), { customerId: "a", connectionId: "b", field: "roleArn" }),
  "a verifier without secrets": () => createWebhookVerifier({ secrets: [] }),
  "a portal's address with a password": () => createPortalClient({ url: "https://a:b@portal.example", apiKey: "ck_" }),
  "an API key that is none": () => createPortalClient({ url: "https://portal.example", apiKey: "" }).template.get(),
  "a parsed webhook": () => createWebhookVerifier({ secrets: ["whsec_c2VjcmV0"] }).verify({}, {}),
  "a forged webhook": () => createWebhookVerifier({ secrets: ["whsec_c2VjcmV0"] }).verify("{}", {}),
};
const thrown = {};
for (const [misuse, make] of Object.entries(misuses)) {
  try {
    await make();
    thrown[misuse] = null;
  } catch (error) {
    thrown[misuse] = [error.constructor.name, error.code, error.message];
  }
}
console.log(JSON.stringify(thrown));
