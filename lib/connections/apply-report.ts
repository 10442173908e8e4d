import "server-only";
import type { VerificationReport } from "@/lib/crossaccount";
import { type Database, db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { RecordedVerification } from "./check-recorder";
import { type ConnectionFacts, causeOfChange, factsAfter, setupAfter } from "./report-facts";
import { statusesBefore, statusFrom } from "./state";

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
    const connection = await lock(transaction, { customerId, connectionId, subject });
    if (connection) await change(transaction, connection, subject, report, now);
  });
}

async function lock(
  transaction: Database,
  { customerId, connectionId, subject }: { customerId: string; connectionId: string; subject: ReportSubject },
): Promise<Connection | null> {
  await transaction.$queryRaw`SELECT id FROM "Connection" WHERE id = ${connectionId}::uuid FOR UPDATE`;
  return transaction.connection.findUnique({ where: { id: connectionId, customerId, ...subject } });
}

async function change(
  transaction: Database,
  connection: Connection,
  subject: ReportSubject,
  report: VerificationReport,
  now: Date,
): Promise<void> {
  const { id, customerId, status: from } = connection;
  const facts: ConnectionFacts = factsAfter(connection, report);
  const to = statusFrom(facts);
  const changes = to !== from;
  const { count } = await transaction.connection.updateMany({
    where: { id, customerId, ...subject, status: { in: changes ? statusesBefore(to) : [to] } },
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
  if (!changes) return;
  await transaction.connectionStatusChange.create({
    data: { connectionId: id, customerId, from, to, cause: causeOfChange(to, report), at: now },
  });
}
