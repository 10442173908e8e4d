import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { deleteStack, launchStack, reload, trustWith } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene({ everyMs: 12 * HOUR, recheckAfterMs: 2 * HOUR });
});
afterAll(() => scene.queue.stop());

async function history(connection: Connection) {
  const changes = await db.connectionStatusChange.findMany({
    where: { connectionId: connection.id },
    orderBy: { at: "asc" },
  });
  return changes.map(({ from, to, cause }) => `${from} → ${to}: ${cause}`);
}

/** Lets time go on, from one thing that falls due to the next. */
async function pass(milliseconds: number): Promise<void> {
  const until = new Date(scene.now().getTime() + milliseconds);
  for (;;) {
    const { _min: due } = await db.auditSchedule.aggregate({ _min: { nextAuditAt: true } });
    if (!due.nextAuditAt || due.nextAuditAt > until) break;
    await audit(due.nextAuditAt);
  }
  scene.advance(Math.max(0, until.getTime() - scene.now().getTime()));
}

async function audit(at: Date): Promise<void> {
  scene.advance(Math.max(0, at.getTime() - scene.now().getTime()));
  await scene.workOff();
}

async function auditNext({ id }: Connection): Promise<void> {
  const { nextAuditAt } = await db.auditSchedule.findUniqueOrThrow({ where: { connectionId: id } });
  await audit(nextAuditAt);
}

test("through a week with outages, a status changes when and only when it should", async () => {
  const { faults } = await testSandbox();
  const steady = await provenConnection();
  const deleted = await provenConnection();
  const opened = await provenConnection();
  const proven = ["pending → setup: A verification passed. The role still has its setup permissions."];
  const untouched = async () => {
    for (const { connection } of [steady, deleted, opened]) expect(await history(connection)).toEqual(proven);
  };
  const monday = scene.now();
  await pass(DAY);
  await untouched();

  // Tuesday: STS is out for two hours, then throttles, then closes every other connection.
  faults.set([{ kind: "outage", service: "sts" }]);
  await pass(13 * HOUR);
  faults.set([{ kind: "throttle", service: "sts" }]);
  await pass(HOUR);
  faults.set([{ kind: "drop", service: "sts", probability: 0.5 }]);
  await pass(HOUR);
  faults.set([]);
  await pass(9 * HOUR);
  await untouched();

  // Wednesday: a role is away for two audits in a row, and there again before the third.
  await deleteStack(deleted.connection, deleted.account);
  await auditNext(deleted.connection);
  await auditNext(deleted.connection);
  await launchStack(deleted.connection, deleted.account);
  await pass(DAY);
  await untouched();

  // Thursday: a trust policy loses its condition, and gets it back a day later.
  await trustWith(opened.connection, opened.account);
  await auditNext(opened.connection);
  expect(await reload(opened.connection)).toMatchObject({ status: "insecure" });
  await pass(DAY);
  await trustWith(opened.connection, opened.account, {
    StringEquals: { "sts:ExternalId": await readExternalId(opened.connection) },
  });
  await auditNext(opened.connection);
  expect(await reload(opened.connection)).toMatchObject({ status: "setup" });

  // Saturday: a role is deleted for good, and an outage hides it for half a day.
  await deleteStack(deleted.connection, deleted.account);
  faults.set([{ kind: "outage", service: "sts" }]);
  await pass(13 * HOUR);
  expect(await reload(deleted.connection)).toMatchObject({ status: "setup" });
  faults.set([]);
  await auditNext(deleted.connection);
  await auditNext(deleted.connection);
  expect(await reload(deleted.connection)).toMatchObject({ status: "setup" });
  await auditNext(deleted.connection);
  expect(await reload(deleted.connection)).toMatchObject({ status: "broken" });
  await pass(Math.max(0, monday.getTime() + 7 * DAY - scene.now().getTime()));

  expect(await history(steady.connection)).toEqual(proven);
  expect(await history(opened.connection)).toEqual([
    ...proven,
    "setup → insecure: An audit could use the role without its external ID or with a wrong one.",
    "insecure → setup: An audit passed. The role still has its setup permissions.",
  ]);
  expect(await history(deleted.connection)).toEqual([
    ...proven,
    "setup → broken: 3 audits in a row could no longer use the role.",
  ]);
});
