import { beforeEach, expect, test } from "vitest";
import { member, newConnection, reload, roleArnIn, staffMember } from "@/dev/testing/fixtures";
import { listAllReminders, listReminders, listRemindersForStaff } from "@/lib/audits/reminder-queries";
import { updateReminders } from "@/lib/audits/reminders";
import { config } from "@/lib/config";
import { submitRole } from "@/lib/connections/submit-role";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { auditPolicy } from "@/lib/verifications/audit-policy";
import { clientOptions } from "./client";
import { digester } from "./encryption";
import { fillRoleDigests } from "./fill-role-digests";
import { seal } from "./seal";
import { readRoleArn } from "./secrets";

const account = "111122223333";
const now = new Date();
const tomorrow = new Date(now.getTime() + 86_400_000);

beforeEach(() => db.connection.deleteMany());

/** A connection as a version that knew no owner of a role left it. */
async function storedEarlier(roleArn: string, provenAt: Date, name: string) {
  const access = await member();
  const connection = await newConnection(access, name);
  await submitRole(access, { connectionId: connection.id, roleArn });
  await db.connection.update({
    where: { id: connection.id },
    data: { status: "active", provenAt, roleDigest: null },
  });
  const { id: connectionId, customerId } = connection;
  await db.auditSchedule.create({ data: { connectionId, customerId, nextAuditAt: tomorrow } });
  return { access, connection };
}

const roleOf = (connection: Pick<Connection, "roleName">) => roleArnIn(account, connection);
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

async function upgrade() {
  const unreadable: string[] = [];
  const onUnreadable = (_error: unknown, connectionId: string) => unreadable.push(connectionId);
  const { shared } = await fillRoleDigests({ database: db, digester, readRoleArn, onUnreadable }, now);
  await updateReminders(db, auditPolicy(config.audits), now);
  return { shared, unreadable };
}

async function kinds(access: CustomerAccess, connectionId: string) {
  return (await listReminders(access, connectionId)).map(({ kind }) => kind);
}

test("two connections that share a role since before are told to staff alone, and audited at once", async () => {
  const roleArn = roleOf({ roleName: "nimbus-shared" });
  const later = await storedEarlier(roleArn, day(2), "Copy");
  const first = await storedEarlier(roleArn, day(1), "Original");
  const alone = await storedEarlier(roleArnIn("444455556666", { roleName: "nimbus-alone" }), day(3), "Alone");
  expect(await upgrade()).toEqual({ shared: 1, unreadable: [] });

  const staff = await staffMember();
  expect(await listAllReminders(staff)).toContainEqual(
    expect.objectContaining({ kind: "role-shared", connectionId: later.connection.id }),
  );
  expect(await listRemindersForStaff(staff, later.connection.id)).toContainEqual(
    expect.objectContaining({
      kind: "role-shared",
      others: [expect.objectContaining({ connectionId: first.connection.id, connectionName: "Original" })],
    }),
  );
  expect(await listRemindersForStaff(staff, first.connection.id)).toEqual([]);
  expect(await kinds(later.access, later.connection.id)).toEqual([]);

  const dueOf = async ({ connection }: { connection: Connection }) =>
    (await db.auditSchedule.findUniqueOrThrow({ where: { connectionId: connection.id } })).nextAuditAt;
  expect(await Promise.all([first, later, alone].map(dueOf))).toEqual([now, now, tomorrow]);
  expect((await reload(alone.connection)).roleDigest).not.toBeNull();
});

test("is done once, and the reminder ends when one of the two is disconnected", async () => {
  const roleArn = roleOf({ roleName: "nimbus-shared" });
  const first = await storedEarlier(roleArn, day(1), "Original");
  const later = await storedEarlier(roleArn, day(2), "Copy");
  await upgrade();
  expect(await upgrade()).toMatchObject({ shared: 1 });
  await db.connection.update({ where: { id: first.connection.id }, data: { status: "disconnected" } });
  expect(await upgrade()).toMatchObject({ shared: 0 });
  expect(await listRemindersForStaff(await staffMember(), later.connection.id)).toEqual([]);
});

test("a role that cannot be decrypted is named and stops nobody else", async () => {
  const broken = await storedEarlier(roleOf({ roleName: "nimbus-a" }), day(1), "Broken");
  const whole = await storedEarlier(roleOf({ roleName: "nimbus-b" }), day(2), "Whole");
  await db.connection.update({
    where: { id: broken.connection.id },
    data: { roleArnCiphertext: Uint8Array.from([1, 2, 3]) },
  });
  expect(await upgrade()).toEqual({ shared: 0, unreadable: [broken.connection.id] });
  expect((await reload(whole.connection)).roleDigest).not.toBeNull();
});

test("an ARN that this version reads as none is named and stops nobody else", async () => {
  const { connection } = await storedEarlier(roleOf({ roleName: "nimbus-a" }), day(1), "Odd");
  const whole = await storedEarlier(roleOf({ roleName: "nimbus-b" }), day(2), "Whole");
  const scope = { customerId: connection.customerId, connectionId: connection.id };
  const odd = await seal(`arn:aws:iam::${account}:role/aws-service-role/odd`, scope, "roleArn");
  await db.connection.update({ where: { id: connection.id }, data: { roleArnCiphertext: odd } });
  expect(await upgrade()).toEqual({ shared: 0, unreadable: [connection.id] });
  expect((await reload(whole.connection)).roleDigest).not.toBeNull();
});

test("until then a role of such a connection is another's all the same", async () => {
  const roleArn = roleOf({ roleName: "nimbus-shared" });
  const first = await storedEarlier(roleArn, day(1), "Original");
  const asking = await member();
  const { id: connectionId, customerId } = await newConnection(asking);
  const { registry } = clientOptions;
  expect(await registry.isRoleTaken(roleArn, { customerId, connectionId })).toBe(true);
  const own = { customerId: first.access.customer.id, connectionId: first.connection.id };
  expect(await registry.isRoleTaken(roleArn, own)).toBe(false);
});

test("another customer in the same account with a role of its own is told to staff, on whoever came later", async () => {
  const first = await storedEarlier(roleOf({ roleName: "nimbus-a" }), day(1), "Original");
  const later = await storedEarlier(roleOf({ roleName: "nimbus-b" }), day(2), "Newcomer");
  expect(await upgrade()).toMatchObject({ shared: 0 });
  const staff = await staffMember();
  expect(await listRemindersForStaff(staff, later.connection.id)).toMatchObject([
    { kind: "account-shared", others: [{ connectionName: "Original" }] },
  ]);
  expect(await listRemindersForStaff(staff, first.connection.id)).toEqual([]);
  expect(await kinds(later.access, later.connection.id)).toEqual([]);
});
