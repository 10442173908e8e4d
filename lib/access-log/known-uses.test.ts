import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { asDatabaseOwner } from "@/dev/testing/access-log";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { deleteStack, launchStack, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { AccessLogHead, Connection } from "@/lib/generated/prisma/client";
import { describeReport } from "./describe-report";
import { pruneAccessLog } from "./prune-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

const DAY = 86_400_000;
let scene: AuditScene;
let proven: Awaited<ReturnType<typeof provenConnection>>;
let connection: Connection;

beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());
beforeEach(async () => {
  await asDatabaseOwner(
    ...["AccessLogEntry", "AccessLogHead", "AccessLogRegister"].map((table) => `DELETE FROM "${table}"`),
    ...["AuditRound", "Connection"].map((table) => `DELETE FROM "${table}"`),
    ...["Verification", "CheckResult", "RolePicture"].map((table) => `DELETE FROM "${table}"`),
    ...["AuditSchedule", "AuditItem", "ConnectionStatusChange", "Receipt"].map((table) => `DELETE FROM "${table}"`),
  );
  proven = await provenConnection();
  connection = proven.connection;
});

const report = () => verifyAccessLog(accessLogDependencies);
const findings = async () => (await report()).findings;

/** An audit as it would run some days from now, every entry of it dated then. */
async function auditInDays(days: number): Promise<void> {
  const later = await auditScene({}, new Date(Date.now() + days * DAY));
  await db.auditSchedule.updateMany({ data: { nextAuditAt: later.now() } });
  expect(await later.workOff()).toBe(1);
  await later.queue.stop();
}

/** What somebody with every right in the database does to have uses forgotten: an older head, signed as it was, and no entry after it. */
async function putLogBack({ connectionId, sequence, mac, at, keyId, signature }: AccessLogHead): Promise<void> {
  await asDatabaseOwner(
    `DELETE FROM "AccessLogEntry" WHERE "connectionId" = '${connectionId}' AND sequence > ${sequence}`,
    `UPDATE "AccessLogHead" SET sequence = ${sequence}, mac = '${mac}', at = '${at.toISOString()}', "keyId" = '${keyId}',
      signature = '${signature}' WHERE "connectionId" = '${connectionId}'`,
  );
}

const head = () => db.accessLogHead.findUniqueOrThrow({ where: { connectionId: connection.id } });

describe("a log that holds all uses is whole", () => {
  test("after verifications and audits, those that were refused included, and beside connections never used", async () => {
    await newConnection(proven.access, "never used");
    await auditInDays(2);
    await deleteStack(connection, proven.account);
    await verifyAsPerson(proven.access, connection);
    expect(await findings()).toEqual([]);
  });

  test("when a report was stored an hour after the verification that made it", async () => {
    const { access } = proven;
    const stored = await newConnection(access, "by the vendor's code");
    await launchStack(stored, proven.account);
    const own = { customerId: access.customer.id, connectionId: stored.id, roleArn: roleArnIn(proven.account, stored) };
    const report = await crossAccount.verifyIntegration(own);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * 60_000 });
    await crossAccount.storeCustomerCredentials({ ...own, report }).finally(() => vi.useRealTimers());
    expect(await findings()).toEqual([]);
  });

  test("when all that is old was pruned, or some of it", async () => {
    await auditInDays(2);
    const clock = (days: number) => ({ ...accessLogDependencies, clock: () => new Date(Date.now() + days * DAY) });
    expect((await pruneAccessLog(clock(2), { retentionDays: 1 })).entries).toBeGreaterThan(0);
    expect(await findings()).toEqual([]);
    await pruneAccessLog(clock(9), { retentionDays: 1 });
    expect(await db.accessLogEntry.count()).toBe(0);
    expect(await findings()).toEqual([]);
  });
});

describe("without any checkpoint it is seen", () => {
  test("that the whole log was emptied", async () => {
    await newConnection(proven.access, "never used");
    await asDatabaseOwner(`TRUNCATE "AccessLogEntry"`, `TRUNCATE "AccessLogHead"`, `TRUNCATE "AccessLogRegister"`);
    expect(await findings()).toEqual([
      { kind: "register-changed", connectionId: null },
      { kind: "log-missing", connectionId: connection.id },
    ]);
  });

  test("that the newest connection's log was removed and the register put back to before it", async () => {
    const register = await db.accessLogRegister.findUniqueOrThrow({ where: { id: 1 } });
    const { connection: newest } = await provenConnection();
    await asDatabaseOwner(
      `DELETE FROM "AccessLogEntry" WHERE "connectionId" = '${newest.id}'`,
      `DELETE FROM "AccessLogHead" WHERE "connectionId" = '${newest.id}'`,
      `UPDATE "AccessLogRegister" SET heads = ${register.heads}, signature = '${register.signature}'`,
    );
    expect(await findings()).toEqual([{ kind: "log-missing", connectionId: newest.id }]);
  });

  test("that a role which was only ever refused had a log", async () => {
    await deleteStack(connection, proven.account);
    await asDatabaseOwner(
      `DELETE FROM "Verification"`,
      `DELETE FROM "ConnectionStatusChange"`,
      `DELETE FROM "RolePicture"`,
    );
    await db.connection.update({ where: { id: connection.id }, data: { status: "pending", provenAt: null } });
    await verifyAsPerson(proven.access, connection);
    expect(await findings()).toEqual([]);
    await asDatabaseOwner(
      `DELETE FROM "AccessLogEntry"`,
      `DELETE FROM "AccessLogHead"`,
      `DELETE FROM "AccessLogRegister"`,
    );
    expect(await findings()).toContainEqual({ kind: "log-missing", connectionId: connection.id });
  });

  test("that one connection's log was put back to an older signed head, also after more was written", async () => {
    const older = await head();
    await auditInDays(2);
    await putLogBack(older);
    const missing = { kind: "use-missing", connectionId: connection.id, since: expect.any(String) };
    expect(await findings()).toEqual([expect.objectContaining(missing)]);
    await auditInDays(4);
    const [found, ...more] = await findings();
    expect(more).toEqual([]);
    expect(found).toMatchObject(missing);
    expect(Date.parse(found?.since ?? "")).toBeGreaterThan(Date.now() + DAY);
    expect(Date.parse(found?.until ?? "")).toBeLessThan(Date.now() + 3 * DAY);
  });

  test.each([
    ["the last verification", ["AuditItem", "RolePicture", "Verification", "CheckResult"]],
    ["the picture of the role", ["AuditItem", "Verification", "CheckResult"]],
    ["the round", ["RolePicture", "Verification", "CheckResult"]],
  ])("by %s, where other rows about the use were removed too", async (_what, tables) => {
    const older = await head();
    await auditInDays(2);
    if (!tables.includes("RolePicture") || !tables.includes("AuditItem"))
      await db.connection.update({ where: { id: connection.id }, data: { lastVerifiedAt: connection.lastVerifiedAt } });
    await putLogBack(older);
    await asDatabaseOwner(...tables.map((table) => `DELETE FROM "${table}"`));
    expect(await findings()).toContainEqual(expect.objectContaining({ kind: "use-missing", uses: 1 }));
  });
});

test("an older state of the log and of everything else is not seen without checkpoints, and it is said that it cannot be", async () => {
  const older = await head();
  const { lastVerifiedAt } = connection;
  await auditInDays(2);
  await putLogBack(older);
  await asDatabaseOwner(
    `DELETE FROM "AuditItem"`,
    `DELETE FROM "RolePicture"`,
    `DELETE FROM "CheckResult" WHERE "verificationId" IN (SELECT id FROM "Verification" WHERE "actorId" = 'audit')`,
    `DELETE FROM "Verification" WHERE "actorId" = 'audit'`,
  );
  await db.connection.update({ where: { id: connection.id }, data: { lastVerifiedAt } });
  const said = describeReport(await report());
  expect(said).toContain(
    "without a checkpoint file kept outside the database, a whole log put back to an earlier state cannot be told from a whole one",
  );
});
