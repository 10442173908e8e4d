import "server-only";
import { config } from "@/lib/config";
import { sightOfRow } from "@/lib/connection-status/facts";
import type { Actor, ConnectionScope, VerificationReport } from "@/lib/crossaccount";
import { type ConnectionStatus, isDeniedFirst } from "@/lib/crossaccount/status";
import { type Database, db } from "@/lib/db";
import { keepPicture } from "@/lib/drift/record-drift";
import { auditPolicy } from "./audit-policy";
import { nextAudit, scheduleAfterVerification } from "./audit-schedule";
import type { RecordedVerification } from "./check-recorder";
import { conclude, lockSubject, type ReportSubject } from "./conclusion";
import { sawLater } from "./later-runs";
import { causeOfChange } from "./report-causes";

/**
 * Ends a verification and lets its report decide the connection's status, all or nothing. A report counts only while its
 * verification runs and the connection still has the role and external ID that it is about; one without a conclusion
 * changes nothing.
 */
export async function applyReport(
  verification: RecordedVerification,
  subject: ReportSubject,
  report: VerificationReport,
): Promise<void> {
  const { id, customerId, connectionId } = verification;
  const now = new Date(report.finishedAt);
  await db.$transaction(async (transaction) => {
    const [ended] = await transaction.verification.updateManyAndReturn({
      where: { id, customerId, connectionId, state: "running" },
      data: {
        state: "finished",
        outcome: report.outcome,
        waitingFor: null,
        finishedAt: now,
        setupExpiresAt: report.setupExpiresAt ?? null,
      },
      select: { actorType: true, actorId: true },
    });
    if (!ended || report.outcome === "inconclusive") return;
    const connection = await lockSubject(transaction, verification, subject, report);
    if (!connection) return;
    // An audit that began later found the role open to others, which no older report undoes.
    if (report.outcome !== "insecure" && (await sawLater(transaction, verification, report, ["insecure"]))) return;
    const actor: Actor = { type: ended.actorType as Actor["type"], id: ended.actorId };
    const cause = (to: ConnectionStatus) => causeOfChange(to, report);
    await conclude(transaction, connection, report, { ...subject, actor, cause });
    await auditAfter(transaction, verification, report, now);
  });
}

/** Audits of a role that is proven begin to count again after a person verified it, and compare with what that one saw. */
async function auditAfter(
  transaction: Database,
  { connectionId, customerId }: ConnectionScope,
  report: VerificationReport,
  now: Date,
): Promise<void> {
  const connection = await transaction.connection.findUnique({ where: { id: connectionId, customerId } });
  if (!connection?.provenAt) return;
  await keepPicture(transaction, { connectionId, customerId }, report, now);
  const next = nextAudit(auditPolicy(config.audits), {
    recheck: isDeniedFirst(sightOfRow(connection)),
    now,
    jitter: Math.random(),
  });
  await scheduleAfterVerification(transaction, { connectionId, customerId }, next);
}
