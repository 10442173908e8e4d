import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { launchStack, member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { digester, encryptor } from "@/lib/crossaccount-client/encryption";
import { createStorage } from "@/lib/crossaccount-client/storage";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { cancelVerification } from "@/lib/verifications/cancel-verification";
import { latestVerification } from "@/lib/verifications/queries";
import { startVerification } from "@/lib/verifications/start-verification";
import { findRole } from "./find-role";
import { markLaunched } from "./mark-launched";
import * as queries from "./queries";
import { listReceipts, readReceipt } from "./receipts";
import { submitRole } from "./submit-role";

const now = new Date();
const account = "111122223333";
let attacker: CustomerAccess;
let victim: CustomerAccess;
let target: Connection;

beforeAll(async () => {
  [attacker, victim] = [await member(), await member()];
  target = await newConnection(victim);
  await submitRole(victim, { connectionId: target.id, roleArn: roleArnIn(account, target) });
  await startVerification(victim, { connectionId: target.id, expectSetup: "present" }, now);
});

/** Everything that the database holds about the victim. */
async function everything() {
  const where = { customerId: victim.customer.id };
  return Promise.all([
    db.connection.findMany({ where }),
    db.verification.findMany({ where }),
    db.connectionStatusChange.findMany({ where }),
    db.activityLogEntry.findMany({ where }),
    db.accessLogEntry.findMany({ where }),
  ]);
}

const attempts: [string, (id: string) => Promise<unknown>][] = [
  ["reads the connection", (id) => queries.getConnection(attacker, id)],
  ["reads its verification", (id) => latestVerification(attacker, id)],
  ["reads its launch link", (id) => queries.launchInstructions(attacker, id)],
  ["reads its last step", (id) => queries.dropSetupInstructions(attacker, id)],
  ["lists its receipts", (id) => listReceipts(attacker, id)],
  ["reads its receipt", (id) => readReceipt(attacker, id, { kind: "setup" })],
  ["marks it as launched", (id) => markLaunched(attacker, id, now)],
  ["names its role", (id) => submitRole(attacker, { connectionId: id, roleArn: roleArnIn("444455556666", target) })],
  ["looks for its role", (id) => findRole(attacker, { connectionId: id, accountId: account })],
  ["verifies it", (id) => startVerification(attacker, { connectionId: id, expectSetup: "gone" }, now)],
  ["cancels its verification", (id) => cancelVerification(attacker, id, now)],
];

describe("with the id of another customer's connection", () => {
  test.each(attempts)("a customer who %s finds nothing and changes nothing", async (_verb, attempt) => {
    const before = await everything();
    const refused = await attempt(target.id).catch((error: unknown) => error);
    const absent = await attempt(randomUUID()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "not-found" });
    expect((refused as Error).message).toBe((absent as Error).message);
    expect(await everything()).toEqual(before);
  });

  test("an id that is none is not found either", async () => {
    for (const [, attempt] of attempts) await expect(attempt("1 OR 1=1")).rejects.toMatchObject({ code: "not-found" });
  });

  test("lists show one's own alone", async () => {
    const own = await newConnection(attacker, "Mine");
    expect((await queries.listConnections(attacker)).map(({ id }) => id)).toEqual([own.id]);
  });

  test("the library's storage gives, changes and deletes nothing", async () => {
    const storage = createStorage({ database: db, encryptor, digester });
    const before = await everything();
    const stored = await storage.get(victim.customer.id, target.id);
    expect(await storage.get(attacker.customer.id, target.id)).toBeNull();
    if (stored) await expect(storage.put({ ...stored, customerId: attacker.customer.id })).rejects.toMatchObject({});
    await storage.delete(attacker.customer.id, target.id);
    expect(await everything()).toEqual(before);
  });
});

describe("with the ARN of another customer's role", () => {
  test("nothing tells whether another customer uses it, and it is not found by one's own external ID", async () => {
    await launchStack(target, account);
    const own = await newConnection(attacker, "Mine too");
    const theirs = roleArnIn(account, target);
    await expect(submitRole(attacker, { connectionId: own.id, roleArn: theirs })).resolves.toEqual({
      accountId: account,
    });
    const [row, victims] = await Promise.all([
      db.connection.findUniqueOrThrow({ where: { id: own.id } }),
      db.connection.findUniqueOrThrow({ where: { id: target.id } }),
    ]);
    expect(row.roleArnDigest).not.toBe(victims.roleArnDigest);
    expect(row.status).toBe("pending");
  });
});
