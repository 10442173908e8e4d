import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryStorage } from "../storage/memory-storage";
import { createCustomerRole, testConfig } from "../testing/customer";
import type { StoredConnection } from "../types";
import { createCrossAccountClient } from "./client";

const scope = { customerId: "customer-1", connectionId: "connection-1" };
const [accountId, region, externalId] = ["111122223333", "us-east-1", "acme-0123456789abcdef0123456789abcdef"];
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** An ended connection to a role that demands `externalId`, as its storage has it; by the credentials of some account. */
async function ended(
  stored: (seal: (text: string) => Promise<Uint8Array>) => Promise<Partial<StoredConnection>> = async () => ({}),
  account = testConfig.serviceAccountId,
) {
  const encryptor = createMemoryEncryptor();
  const accessLog = createMemoryAccessLog();
  const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId, region });
  const seal = (text: string) => encryptor.encrypt(text, { ...scope, field: "externalId" });
  const record: StoredConnection = {
    ...{ ...scope, accountId, region, status: "disconnected" },
    roleArn: await encryptor.encrypt(roleArn, { ...scope, field: "roleArn" }),
    externalId: await seal(externalId),
    ...(await stored(seal)),
  };
  const credentials = { accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" };
  const client = createCrossAccountClient(testConfig, {
    ...{ encryptor, accessLog },
    storage: { ...createMemoryStorage(), get: async (customer) => (customer === scope.customerId ? record : null) },
    aws: { endpoint: sandbox.url, credentials },
  });
  return { client, accessLog };
}

test("a role that is there lets us in, in the access log as a probe of its own purpose", async () => {
  const { client, accessLog } = await ended();
  expect(await client.probeAccess(scope)).toEqual({ answer: "allowed", at: expect.any(String) as string });
  expect(accessLog.entries).toMatchObject([{ purpose: "access-check", probe: true, outcome: "allowed" }]);
});

test("one that refuses the external ID is refused, beside the account that AWS says is ours", async () => {
  const { client } = await ended(async (seal) => ({ externalId: await seal("acme-of-another") }));
  expect(await client.probeAccess(scope)).toMatchObject({
    ...{ answer: "refused", errorCode: "AccessDenied" },
    ownAccountId: testConfig.serviceAccountId,
  });
});

test.each(["current", "next"] as const)(
  "while an ID is rotated one that takes the %s one lets us in",
  async (taken) => {
    const { client, accessLog } = await ended(async (seal) => {
      const [right, other] = [await seal(externalId), await seal("acme-of-another")];
      return taken === "current"
        ? { externalId: right, nextExternalId: other, nextAccepted: true }
        : { externalId: other, nextExternalId: right };
    });
    expect(await client.probeAccess(scope)).toMatchObject({ answer: "allowed" });
    expect(accessLog.entries.map(({ outcome }) => outcome)).toEqual(["refused", "allowed"]);
  },
);

test("a refusal of an identity that is not the vendor's says nothing", async () => {
  const { client } = await ended(undefined, "999988887777");
  expect(await client.probeAccess(scope)).toMatchObject({ answer: "unclear", errorCode: "AccessDenied" });
});

test("no answer of AWS says nothing either", async () => {
  const { client } = await ended();
  await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ kind: "throttle", service: "sts", operation: "AssumeRole" }]),
  });
  expect(await client.probeAccess(scope)).toMatchObject({ answer: "unclear" });
});

test("nothing is asked for another customer, or without a role", async () => {
  const { client, accessLog } = await ended(async () => ({ roleArn: null }));
  await expect(client.probeAccess(scope)).rejects.toMatchObject({ code: "input-invalid" });
  await expect(client.probeAccess({ ...scope, customerId: "customer-2" })).rejects.toMatchObject({
    code: "connection-not-found",
  });
  expect(accessLog.entries).toEqual([]);
});
