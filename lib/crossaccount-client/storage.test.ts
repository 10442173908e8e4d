import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { submitRole } from "@/lib/connections/submit-role";
import { db } from "@/lib/db";
import { roleDigest } from "./digests";
import { digester, encryptor } from "./encryption";
import { readRoleArn } from "./secrets";
import { createStorage } from "./storage";

const storage = createStorage({ database: db, encryptor, digester });
const encrypted = (roleArn: string, customerId: string, connectionId: string) =>
  encryptor.encrypt(roleArn, { customerId, connectionId, field: "roleArn" });

async function stored() {
  const access = await member();
  const connection = await newConnection(access);
  const found = await storage.get(access.customer.id, connection.id);
  if (!found) throw new Error("the connection is not in the storage");
  return { access, connection, found };
}

test("what the library stores is what the portal reads, duplicates included", async () => {
  const { access, connection, found } = await stored();
  const roleArn = roleArnIn("111122223333", connection);
  await storage.put({ ...found, roleArn: await encrypted(roleArn, access.customer.id, connection.id) });
  expect(await readRoleArn(await reload(connection))).toBe(roleArn);
  const second = await newConnection(access, "Staging");
  await expect(submitRole(access, { connectionId: second.id, roleArn })).rejects.toMatchObject({ code: "conflict" });
});

test("an account never changes, a status only as it may, and nothing is made from nothing", async () => {
  const { connection, found } = await stored();
  await storage.put({ ...found, accountId: "111122223333", status: "setup" });
  const refused = { code: "storage-failed" };
  await expect(storage.put({ ...found, accountId: "444455556666", status: "setup" })).rejects.toMatchObject(refused);
  await expect(storage.put({ ...found, accountId: "111122223333", status: "pending" })).rejects.toMatchObject(refused);
  expect(await reload(connection)).toMatchObject({ accountId: "111122223333", status: "setup" });
  await expect(storage.put({ ...found, connectionId: randomUUID() })).rejects.toMatchObject({});
});

test("a customer's pause is not undone by what was read before it", async () => {
  const { connection, found } = await stored();
  await storage.put({ ...found, status: "active" });
  await db.connection.update({ where: { id: connection.id }, data: { status: "paused" } });
  await expect(storage.put({ ...found, status: "active" })).rejects.toMatchObject({ code: "storage-failed" });
  await storage.put({ ...found, status: "paused" });
  expect(await reload(connection)).toMatchObject({ status: "paused" });
});

test("a ciphertext of another connection is not stored", async () => {
  const [mine, theirs] = [await stored(), await stored()];
  await expect(storage.put({ ...mine.found, externalId: theirs.found.externalId })).rejects.toMatchObject({
    code: "decryption-failed",
  });
});

test("a role that becomes another connection's while it is stored is refused as that", async () => {
  const [mine, theirs] = [await stored(), await stored()];
  const roleArn = roleArnIn("111122223333", theirs.connection);
  const withRole = async ({ found }: typeof mine) => ({
    ...found,
    accountId: "111122223333",
    status: "active" as const,
    roleArn: await encrypted(roleArn, found.customerId, found.connectionId),
  });
  let refused: Promise<unknown> = Promise.resolve();
  await db.$transaction(async (transaction) => {
    await transaction.connection.update({
      where: { id: theirs.connection.id },
      data: { status: "active", provenAt: new Date(), roleDigest: roleDigest(digester, roleArn) },
    });
    refused = storage.put(await withRole(mine)).catch((error: unknown) => error);
    await vi.waitUntil(async () => (await waitingForLocks()) > 0, { timeout: 10_000 });
  });
  expect(await refused).toMatchObject({ code: "role-taken" });
  expect(await reload(mine.connection)).toMatchObject({ status: "pending", provenAt: null, roleDigest: null });
});

async function waitingForLocks(): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}
