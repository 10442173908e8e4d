import { beforeEach, expect, test } from "vitest";
import { makeTemplateBucket, member, newConnection, staffMember } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { templateVersion } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { auditPolicy } from "@/lib/verifications/audit-policy";
import { purgeVerifications } from "./purge";
import { listAllReminders, listReminders } from "./reminder-queries";
import { updateReminders } from "./reminders";

const DAY = 86_400_000;
const policy = auditPolicy(config.audits);
const created = new Date("2030-01-01T00:00:00Z");
const after = (days: number) => new Date(created.getTime() + days * DAY);

let access: Awaited<ReturnType<typeof member>>;
let connection: Connection;
beforeEach(async () => {
  access = await member();
  const { id } = await newConnection(access);
  connection = await db.connection.update({ where: { id }, data: { createdAt: created } });
});

async function reminded(): Promise<string[]> {
  return (await listReminders(access, connection.id)).map(({ kind }) => kind);
}

test("an unfinished wizard is remembered after two days, until it is finished", async () => {
  await updateReminders(db, policy, after(1));
  expect(await reminded()).toEqual([]);
  await updateReminders(db, policy, after(3));
  await updateReminders(db, policy, after(4));
  expect(await reminded()).toEqual(["wizard-unfinished"]);
  expect(await listAllReminders(await staffMember())).toContainEqual(
    expect.objectContaining({ kind: "wizard-unfinished", connectionId: connection.id, since: created }),
  );
  await db.connection.update({ where: { id: connection.id }, data: { status: "active", provenAt: after(4) } });
  await updateReminders(db, policy, after(5));
  expect(await reminded()).toEqual([]);
});

test("setup permissions that linger are remembered three days after the proof", async () => {
  await db.connection.update({
    where: { id: connection.id },
    data: { status: "setup", provenAt: created, setupPermissions: "present" },
  });
  await updateReminders(db, policy, after(2));
  expect(await reminded()).toEqual([]);
  await updateReminders(db, policy, after(4));
  expect(await reminded()).toEqual(["setup-lingers"]);
  await db.connection.update({ where: { id: connection.id }, data: { status: "active", setupPermissions: "gone" } });
  await updateReminders(db, policy, after(5));
  expect(await reminded()).toEqual([]);
});

test("an external ID of an age that the config asks for is remembered, until it is rotated", async () => {
  const asks = { ...policy, remindAfterMs: 3 * 24 * 3_600_000 };
  const owner = { connectionId: connection.id, customerId: connection.customerId };
  await db.connection.update({
    where: { id: connection.id },
    data: { status: "active", provenAt: created, setupPermissions: "gone", templateVersion: templateVersion(config) },
  });
  await updateReminders(db, policy, after(400));
  await updateReminders(db, asks, after(2));
  expect(await reminded()).toEqual([]);
  await updateReminders(db, asks, after(4));
  expect(await listReminders(access, connection.id)).toMatchObject([{ kind: "external-id-old", since: created }]);
  const began = { startedAt: after(4), startedByType: "customer", startedById: "somebody" };
  await db.rotation.create({ data: { ...owner, ...began, endedAt: after(4), outcome: "abandoned" } });
  await updateReminders(db, asks, after(5));
  expect(await reminded()).toEqual(["external-id-old"]);
  await db.rotation.create({ data: { ...owner, ...began, endedAt: after(5), outcome: "completed" } });
  await updateReminders(db, asks, after(6));
  expect(await reminded()).toEqual([]);
  await updateReminders(db, asks, after(8));
  expect(await reminded()).toEqual(["external-id-old"]);
});

test("a template update comes with the link to it, unless the link cannot be made", async () => {
  await db.connection.update({
    where: { id: connection.id },
    data: { status: "active", provenAt: created, templateVersion: "older" },
  });
  await updateReminders(db, policy, after(1));
  expect(await listReminders(access, connection.id)).toMatchObject([{ kind: "template-update", updateUrl: null }]);

  await makeTemplateBucket();
  expect(await listReminders(access, connection.id)).toMatchObject([{ updateUrl: null }]);
  await crossAccount.publishTemplate("us-east-1");
  const [reminder] = await listReminders(access, connection.id);
  expect(reminder?.updateUrl).toContain("stacks/update/template");
});

test("old verifications go, except the last of a connection and the last with a conclusion", async () => {
  const owner = { connectionId: connection.id, customerId: access.customer.id };
  const run = (days: number, outcome: string) =>
    db.verification.create({
      data: {
        ...owner,
        state: "finished",
        outcome,
        actorType: "system",
        actorId: "audit",
        startedAt: after(days),
        deadlineAt: after(days),
      },
    });
  await run(0, "proven");
  await run(1, "inconclusive");
  const conclusive = await run(2, "proven");
  await run(3, "inconclusive");
  const last = await run(4, "inconclusive");
  await db.auditRound.create({ data: { kind: "all", state: "finished", startedAt: after(1) } });
  expect(await purgeVerifications(db, after(30), { atOnce: 2 })).toMatchObject({ verifications: 3, rounds: 1 });
  const left = await db.verification.findMany({ where: owner, orderBy: { startedAt: "asc" } });
  expect(left.map(({ id }) => id)).toEqual([conclusive.id, last.id]);
});
