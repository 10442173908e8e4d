import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { denyReadingItself, reload, roleArnIn, staffMember, trustWith } from "@/dev/testing/fixtures";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { roleArnDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { startRound } from "./rounds";

let scene: AuditScene;

beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());

/** Two customers' connections that an earlier version proved with the same role, which may not read its own trust policy. */
async function sharedSinceBefore() {
  const [first, second] = [await provenConnection(), await provenConnection()];
  const { id: connectionId, customerId } = second.connection;
  const roleArn = roleArnIn(first.account, first.connection);
  await db.connection.update({
    where: { id: connectionId },
    data: {
      accountId: first.account,
      roleArnCiphertext: await seal(roleArn, { customerId, connectionId }, "roleArn"),
      roleArnDigest: roleArnDigest(digester, customerId, roleArn),
      roleDigest: null,
    },
  });
  const ids = await Promise.all([first, second].map(({ connection }) => readExternalId(connection)));
  await trustWith(first.connection, first.account, { StringEquals: { "sts:ExternalId": ids } });
  await denyReadingItself(first.connection, first.account);
  return second;
}

const causeOfLast = async ({ id }: { id: string }) =>
  (await db.connectionStatusChange.findFirstOrThrow({ where: { connectionId: id }, orderBy: { id: "desc" } })).cause;

test("one audit that finds a role to be another connection's ends its credentials, and says that", async () => {
  const { connection } = await sharedSinceBefore();
  const { id: connectionId, customerId } = connection;
  const use = () => crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "nightly" })();
  await expect(use()).resolves.toMatchObject({ accessKeyId: expect.any(String) as string });
  scene.advance(60 * 60_000);
  await startRound(await staffMember(), scene.now());
  await scene.workOff();
  expect(await reload(connection)).toMatchObject({ status: "broken" });
  await expect(use()).rejects.toMatchObject({ code: "connection-unusable" });
  expect(await causeOfLast(connection)).toBe("An audit found that the role is another connection's.");
});

test("a person's verification that finds it says that too", async () => {
  const { access, connection } = await sharedSinceBefore();
  await verifyAsPerson(access, connection);
  expect(await reload(connection)).toMatchObject({ status: "broken" });
  expect(await causeOfLast(connection)).toBe("A verification found that the role is another connection's.");
});
