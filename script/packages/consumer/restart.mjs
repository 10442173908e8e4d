// The README's own storage over a restart: `connect` in one process, `use` in another. Prints the account that was reached.
import { createLocalEncryptor } from "crossaccount/encryptors";
import { createMemoryAccessLog } from "crossaccount/testing";
import { makeHandler } from "./handler.mjs";
import { config } from "./permissions.mjs";
import { makeClient } from "./service.mjs";
import { fileStorage } from "./storage.mjs";

const [what, endpoint, path] = process.argv.slice(2);
const aws = { endpoint, credentials: { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" } };
const key = Buffer.alloc(32, 7);
const accessLog = createMemoryAccessLog();

const control = (name, body) => fetch(`${endpoint}/_sandbox/${name}`, { method: "POST", body: JSON.stringify(body) });

if (what === "connect") {
  await control("public-bucket", { bucket: config.templateS3Bucket, accountId: "123456789012" });
  const client = makeClient({ aws, key, path, accessLog, consoleUrl: `${endpoint}/console` });
  const { launchUrl, connectionId } = await client.generateIntegrationUrl({ customerId: "acme" });
  const { outputs } = await (await control("launch", { launchUrl, accountId: "111122223333" })).json();
  const role = { customerId: "acme", connectionId, roleArn: outputs.RoleArn };
  const { status } = await client.storeCustomerCredentials({ ...role, report: await client.verifyIntegration(role) });
  console.log(status);
} else {
  const encryptor = createLocalEncryptor({ keys: [{ id: "2026", key }] });
  const handler = makeHandler({ aws, accessLog, encryptor, storage: fileStorage(path) });
  console.log(await handler({ customerId: "acme" }), accessLog.entries.length);
}
