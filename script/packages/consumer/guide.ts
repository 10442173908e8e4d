// Runs every snippet of the guide for integrators, and prints what they did as one line of JSON.
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { StoredConnection } from "crossaccount";
import { createKmsEncryptor } from "crossaccount/encryptors";
import { createMemoryAccessLog, createMemoryStorage } from "crossaccount/testing";
import { createSandbox } from "crossaccount-sandbox";
import { Webhook } from "standardwebhooks";
import { makeClient } from "./client.ts";
import { accessLogOver, storageOver } from "./kept.ts";
import { tryLater } from "./later.ts";
import { makeReceiver } from "./receive.ts";
import { accountOf } from "./use.ts";
import { connectCustomer, vendor } from "./whole-way.ts";
import { makeAssumer } from "./worker.ts";

const sandbox = await createSandbox();
const aws = { endpoint: sandbox.url, credentials: vendor };
const kms = new KMSClient({ ...aws, region: "us-east-1" });
const keyId = (await kms.send(new CreateKeyCommand())).KeyMetadata?.Arn ?? "";
const memory = createMemoryStorage();
const rows = {
  find: memory.get,
  save: (connection: StoredConnection) => memory.put(connection),
  remove: memory.delete,
  ofCustomer: memory.list,
};
const written = createMemoryAccessLog();
const kept = { storage: storageOver(rows), accessLog: accessLogOver((entry) => written.record(entry)) };
const encryptor = createKmsEncryptor({ keyId, client: aws });
const client = makeClient(keyId, kept, { aws, encryptor, consoleUrl: `${sandbox.url}/console` });

const before = await tryLater(client, "acme");
const { status, failed } = await connectCustomer(sandbox, client, "acme");
const account = await accountOf(client, "acme", sandbox.url);
const after = await tryLater(client, "acme");
const assumer = makeAssumer({ ...kept, encryptor, aws });
const elsewhere = (await assumer.assumeCustomerRole("acme", { purpose: "report" })()).sessionToken !== undefined;

const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const received: unknown[] = [];
const receive = makeReceiver([secret], (...event) => received.push(event));
const body = JSON.stringify({ id: "e1", type: "connection.verified", connection: "c1" });
const post = (signature: string) =>
  receive(
    new Request("http://receiver.example/", {
      method: "POST",
      body,
      headers: {
        "webhook-id": "e1",
        "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
        "webhook-signature": signature,
      },
    }),
  );
const answers = [
  (await post(new Webhook(secret).sign("e1", new Date(), body))).status,
  (await post("v1,forged")).status,
];
await sandbox.close();
const uses = written.entries.filter(({ probe }) => !probe).map(({ purpose }) => purpose);
console.log(JSON.stringify({ before, status, failed, account, after, elsewhere, uses, received, answers }));
