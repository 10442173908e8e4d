import "server-only";
import { keepPicture } from "@/lib/audits/drift-record";
import { nextAudit, scheduleAfterVerification } from "@/lib/audits/schedule";
import { auditPolicy } from "@/lib/audits/settings";
import { config } from "@/lib/config";
import type { VerificationReport } from "@/lib/crossaccount";
import { type Database, db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { RecordedVerification } from "./check-recorder";
import { causeOfChange, factsAfter, setupAfter } from "./report-facts";
import { writeSetupReceipt } from "./setup-receipt";
import { type ConnectionStatus, statusesBefore, statusFrom } from "./state";

/** The role and external ID that a report is about. */
export interface ReportSubject {
  roleArnDigest: string | null;
  externalIdDigest: string;
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
    await applyConclusion(transaction, verification, subject, report, (_connection, to) => ({
      to,
      cause: causeOfChange(to, report),
    }));
    await auditAfter(transaction, verification, report, now);
  });
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
export type Decide = (connection: Connection, follows: ConnectionStatus) => Decision | null;

/**
 * Lets a conclusive report change what is known of a connection, as long as it still has the role and external ID that the
 * report is about.
 */
export async function applyConclusion(
  transaction: Database,
  { customerId, connectionId }: Pick<RecordedVerification, "customerId" | "connectionId">,
  subject: ReportSubject,
  report: VerificationReport,
  decide: Decide,
): Promise<void> {
  // Not FOR UPDATE, for which the planner, which refers to the row while it holds the schedule, would wait.
  await transaction.$queryRaw`SELECT id FROM "Connection" WHERE id = ${connectionId}::uuid FOR NO KEY UPDATE`;
  const connection = await transaction.connection.findUnique({ where: { id: connectionId, customerId, ...subject } });
  if (!connection) return;
  const now = new Date(report.finishedAt);
  const from = connection.status;
  const decision = decide(connection, statusFrom(factsAfter(connection, report)));
  if (!decision) return;
  const { to, cause } = decision;
  const changes = to !== from;
  const { count } = await transaction.connection.updateMany({
    where: { id: connectionId, customerId, ...subject, status: { in: changes ? statusesBefore(to) : [to] } },
    data: {
      status: to,
      lastVerifiedAt: now,
      ...(changes && { statusChangedAt: now }),
      ...(report.outcome === "proven" && {
        provenAt: connection.provenAt ?? now,
        accountId: connection.accountId ?? report.accountId,
        roleUniqueId: report.roleId ?? connection.roleUniqueId,
        ...setupAfter(connection, report, now),
      }),
    },
  });
  if (count === 0) throw new Error(`A connection cannot become ${to} from ${from}.`);
  if (report.outcome === "proven") await writeSetupReceipt(transaction, connection, report);
  if (!changes) return;
  await transaction.connectionStatusChange.create({
    data: { connectionId, customerId, from, to, cause, at: now },
  });
}
