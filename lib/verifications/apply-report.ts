import "server-only";
import { config } from "@/lib/config";
import type { ConnectionScope, VerificationReport } from "@/lib/crossaccount";
import { type ConnectionStatus, statusesBefore, statusFrom } from "@/lib/crossaccount/status";
import { refuseTakenRole } from "@/lib/crossaccount-client/refuse-taken-role";
import { type Database, db } from "@/lib/db";
import { keepPicture } from "@/lib/drift/record-drift";
import type { Connection } from "@/lib/generated/prisma/client";
import { auditPolicy } from "./audit-policy";
import { nextAudit, scheduleAfterVerification } from "./audit-schedule";
import type { RecordedVerification } from "./check-recorder";
import { causeOfChange, factsAfter, setupAfter } from "./report-facts";
import { writeSetupReceipt } from "./setup-receipt";

/** The role and external ID that a report is about. */
export interface ReportSubject {
  roleArnDigest: string | null;
  externalIdDigest: string;
  /** As it was verified: a version that knows no owner of a role leaves that of a former one in the row. */
  roleDigest: string;
}

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
    const { count } = await transaction.verification.updateMany({
      where: { id, customerId, connectionId, state: "running" },
      data: {
        state: "finished",
        outcome: report.outcome,
        waitingFor: null,
        finishedAt: now,
        setupExpiresAt: report.setupExpiresAt ?? null,
      },
    });
    if (count === 0 || report.outcome === "inconclusive") return;
    const applied = await applyConclusion(transaction, verification, subject, report, async (_connection, to) => {
      // An audit that began later found the role open to others, which no older report undoes.
      if (report.outcome !== "insecure" && (await sawLater(transaction, verification, report, ["insecure"])))
        return null;
      return { to, cause: causeOfChange(to, report) };
    });
    if (applied) await auditAfter(transaction, verification, report, now);
  });
}

/** Whether a run of the connection that began after this one came to one of these outcomes. */
export async function sawLater(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  { startedAt }: Pick<VerificationReport, "startedAt">,
  outcomes: VerificationReport["outcome"][],
): Promise<boolean> {
  const later = await transaction.verification.findFirst({
    where: {
      ...{ customerId, connectionId, state: "finished" },
      outcome: { in: outcomes },
      startedAt: { gt: new Date(startedAt) },
    },
    select: { id: true },
  });
  return later !== null;
}

/** Audits of a role that is proven begin to count anew after a person verified it, and compare with what that one saw. */
async function auditAfter(
  transaction: Database,
  { connectionId, customerId }: RecordedVerification,
  report: VerificationReport,
  now: Date,
): Promise<void> {
  const connection = await transaction.connection.findUnique({ where: { id: connectionId, customerId } });
  if (!connection?.provenAt) return;
  await keepPicture(transaction, { connectionId, customerId }, report, now);
  const next = nextAudit(auditPolicy(config.audits), { recheck: false, now, jitter: Math.random() });
  await scheduleAfterVerification(transaction, { connectionId, customerId }, next);
}

/** How a conclusive report changes a connection: the status that follows, and why, for the history. */
interface Decision {
  to: ConnectionStatus;
  cause: string;
}

/** Null when the report says nothing of the connection any more. */
export type Decide = (connection: Connection, follows: ConnectionStatus) => Promise<Decision | null>;

/**
 * Lets a conclusive report change what is known of a connection, as long as it still has the role and external ID that the
 * report is about. False when it changed nothing, because it is not about the connection any more.
 */
export async function applyConclusion(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  { roleDigest, ...subject }: ReportSubject,
  report: VerificationReport,
  decide: Decide,
): Promise<boolean> {
  // Not FOR UPDATE, for which the planner, which refers to the row while it holds the schedule, would wait.
  await transaction.$queryRaw`SELECT id FROM "Connection" WHERE id = ${connectionId}::uuid FOR NO KEY UPDATE`;
  const connection = await transaction.connection.findUnique({ where: { id: connectionId, customerId, ...subject } });
  if (!connection) return false;
  const now = new Date(report.finishedAt);
  const from = connection.status;
  const decision = await decide(connection, statusFrom(factsAfter(connection, report)));
  if (!decision) return false;
  const { to, cause } = decision;
  if (report.outcome === "proven") await refuseTakenRole(transaction, { id: connectionId, roleDigest });
  const changes = to !== from;
  const { count } = await transaction.connection.updateMany({
    where: { id: connectionId, customerId, ...subject, status: { in: changes ? statusesBefore(to) : [to] } },
    data: {
      status: to,
      lastVerifiedAt: now,
      ...(changes && { statusChangedAt: now }),
      ...(report.outcome === "proven" && {
        provenAt: connection.provenAt ?? now,
        roleDigest,
        accountId: connection.accountId ?? report.accountId,
        roleUniqueId: report.roleId ?? connection.roleUniqueId,
        ...setupAfter(connection, report, now),
      }),
    },
  });
  if (count === 0) throw new Error(`A connection cannot become ${to} from ${from}.`);
  if (report.outcome === "proven") await writeSetupReceipt(transaction, connection, report);
  if (!changes) return true;
  await transaction.connectionStatusChange.create({
    data: { connectionId, customerId, from, to, cause, at: now },
  });
  return true;
}
