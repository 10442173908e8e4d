import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { allowReadingItself, denyReadingItself, member, reload } from "@/dev/testing/fixtures";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { confirmUnreadable } from "./confirm-unreadable";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const actor = { type: "service", id: "test" } as const;

let scene: AuditScene;
let access: PersonalAccess;
let connection: Connection;
let account: string;
/** Another connection of the same customer, which nothing here may touch. */
let beside: Connection;
beforeAll(async () => {
  scene = await auditScene({ everyMs: 12 * HOUR, recheckAfterMs: 10 * MINUTE });
});
beforeEach(async () => {
  await db.auditSchedule.deleteMany();
  access = await member();
  ({ connection, account } = await provenConnection(access));
  ({ connection: beside } = await provenConnection(access));
});
afterAll(() => scene.queue.stop());

async function auditNext(): Promise<string> {
  const { nextAuditAt } = await db.auditSchedule.findUniqueOrThrow({ where: { connectionId: connection.id } });
  scene.advance(Math.max(0, nextAuditAt.getTime() - scene.now().getTime()));
  await scene.workOff();
  return (await reload(connection)).status;
}

const credentials = () =>
  crossAccount.assumeCustomerRole(access.customer.id, { connectionId: connection.id, purpose: "test", actor });

test("a role that hides its trust policy is not used after two audits, until it can be read again", async () => {
  await denyReadingItself(connection, account);
  const first = await auditNext();
  expect(["setup", "degraded"]).toContain(first);
  const seen = scene.now().getTime();
  expect(await auditNext()).toBe("insecure");
  // Looked at again soon, rather than half a day later.
  expect(scene.now().getTime() - seen).toBeLessThan(30 * MINUTE);
  await expect(credentials()).rejects.toMatchObject({ code: "connection-unusable" });
  const last = await db.connectionStatusChange.findFirstOrThrow({
    where: { connectionId: connection.id },
    orderBy: { at: "desc" },
  });
  expect(last).toMatchObject({
    to: "insecure",
    cause: expect.stringContaining("which could be read before") as string,
  });

  await allowReadingItself(connection, account);
  expect(await auditNext()).toBe("setup");
  expect((await reload(beside)).status).toBe("setup");
});

test("an admin's word that it is meant counts until it is read again", async () => {
  await denyReadingItself(connection, account);
  await auditNext();
  expect(await auditNext()).toBe("insecure");
  await confirmUnreadable(access, connection.id, scene.now());
  const after = await reload(connection);
  expect(["setup", "degraded"]).toContain(after.status);
  expect(await auditNext()).toBe(after.status);
  const untouched = await reload(beside);
  expect(untouched.trustDenialConfirmedAt).toBeNull();

  await allowReadingItself(connection, account);
  await auditNext();
  expect((await reload(connection)).trustDenialConfirmedAt).toBeNull();
  await denyReadingItself(connection, account);
  await auditNext();
  expect(await auditNext()).toBe("insecure");
});

test("two verifications a moment apart decide nothing, and there is nothing to confirm then", async () => {
  await denyReadingItself(connection, account);
  await verifyAsPerson(access, connection);
  await verifyAsPerson(access, connection);
  expect((await reload(connection)).status).not.toBe("insecure");
  await expect(confirmUnreadable(access, connection.id, new Date())).rejects.toMatchObject({ code: "conflict" });
});

test("another customer's admin confirms nothing", async () => {
  await denyReadingItself(connection, account);
  await auditNext();
  await auditNext();
  await expect(confirmUnreadable(await member(), connection.id, new Date())).rejects.toMatchObject({
    code: "not-found",
  });
  expect((await reload(connection)).status).toBe("insecure");
});
