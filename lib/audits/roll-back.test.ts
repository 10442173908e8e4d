import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { deleteStack, lengthenSessions, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { latestVerification } from "@/lib/verifications/queries";
import { connectionHistory, listDrift } from "./queries";
import { listAllReminders, listReminders } from "./reminder-queries";

let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());

test("what a newer version left behind hides nothing that this one knows", async () => {
  const { access, connection, account } = await provenConnection();
  const owner = { connectionId: connection.id, customerId: connection.customerId };
  await lengthenSessions(connection, account);
  scene.advance(60 * 60_000);
  await db.auditSchedule.updateMany({ data: { nextAuditAt: scene.now() } });
  await scene.workOff();
  const [drift] = await db.drift.findMany({ where: owner });
  if (!drift) throw new Error("the change was not seen");
  const { id: _, ...copied } = drift;
  await db.drift.create({ data: { ...copied, detailCiphertext: drift.detailCiphertext, kind: "of-tomorrow" } });
  for (const kind of ["template-update", "of-tomorrow"])
    await db.reminder.create({ data: { ...owner, kind, since: scene.now() } });
  const run = await db.verification.findFirstOrThrow({ where: owner, orderBy: { startedAt: "desc" } });
  await db.checkResult.create({
    data: {
      ...{ verificationId: run.id, customerId: owner.customerId, checkId: "of-tomorrow", position: 99 },
      ...{ status: "passed", finishedAt: scene.now() },
    },
  });

  expect((await listDrift(access, connection.id)).map(({ kind }) => kind)).toEqual(["session-duration"]);
  expect((await connectionHistory(access, connection.id)).drifts).toHaveLength(1);
  expect((await listReminders(access, connection.id)).map(({ kind }) => kind)).toEqual(["template-update"]);
  expect((await listAllReminders(await staffMember())).map(({ kind }) => kind)).toEqual(["template-update"]);
  expect((await latestVerification(access, connection.id))?.checks).toHaveLength(11);

  // Nor does it keep an audit from its conclusion.
  await deleteStack(connection, account);
  scene.advance(6 * 60 * 60_000);
  await db.auditSchedule.updateMany({ data: { nextAuditAt: scene.now() } });
  expect(await scene.workOff()).toBe(1);
  expect((await latestVerification(access, connection.id))?.outcome).toBe("failed");
});
