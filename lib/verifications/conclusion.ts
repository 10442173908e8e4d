import "server-only";
import { changeFacts } from "@/lib/connection-status/change-facts";
import { factsOfRow, sightColumns } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import type { Actor, ConnectionScope, VerificationReport } from "@/lib/crossaccount";
import { type ConnectionStatus, factsAfter, statusFrom } from "@/lib/crossaccount/status";
import { refuseTakenRole } from "@/lib/crossaccount-client/refuse-taken-role";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { keepRotation, rotationOf } from "./rotation";
import { writeSetupReceipt } from "./setup-receipt";

/** The role and external IDs that a report is about, as they were when its verification began. */
export interface ReportSubject {
  roleArnDigest: string | null;
  externalIdDigest: string;
  /** The next one, while the external ID was rotated. */
  nextExternalIdDigest: string | null;
  /** As it was verified: a version that knows no owner of a role leaves that of a former one in the row. */
  roleDigest: string;
}

/**
 * The connection that a report is about, locked; null once it has another role, or no longer the external ID by which the report
 * knows the role. That it was refused counts only while both external IDs that were tried are all there are: a rotation that began or
 * ended meanwhile explains it.
 */
export async function lockSubject(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  subject: Omit<ReportSubject, "roleDigest">,
  report: Pick<VerificationReport, "outcome" | "rotation">,
): Promise<Connection | null> {
  const { roleArnDigest, externalIdDigest, nextExternalIdDigest } = subject;
  const connection = await lockConnection(transaction, { customerId, connectionId }, { roleArnDigest });
  if (!connection) return null;
  if (report.outcome === "failed") {
    const isSame =
      connection.externalIdDigest === externalIdDigest && connection.nextExternalIdDigest === nextExternalIdDigest;
    return isSame ? connection : null;
  }
  const used = report.rotation?.inUse === "next" ? nextExternalIdDigest : externalIdDigest;
  const known = [connection.externalIdDigest, connection.nextExternalIdDigest];
  return used !== null && known.includes(used) ? connection : null;
}

/** The status that a report leads to by itself. */
export function statusAfter(connection: Connection, report: VerificationReport): ConnectionStatus {
  return statusFrom(factsAfter(factsOfRow(connection), report));
}

interface Concluded extends Pick<ReportSubject, "roleDigest" | "nextExternalIdDigest"> {
  actor: Actor;
  cause: (to: ConnectionStatus) => string;
  /** False: that the role was refused, or that a check failed, is not believed yet; what was known of it stays. */
  believed?: boolean;
}

/**
 * Keeps what a conclusive report says of a connection that `lockSubject` gave, and the status that follows. A role whose account is
 * only proposed becomes nobody's by being found in order.
 */
export async function conclude(
  transaction: Database,
  connection: Connection,
  report: VerificationReport,
  { roleDigest, nextExternalIdDigest, actor, cause, believed = true }: Concluded,
): Promise<void> {
  const at = new Date(report.finishedAt);
  const isProven = report.outcome === "proven" && connection.accountProposedAt === null;
  const isOurs = connection.provenAt !== null && connection.roleDigest === roleDigest;
  if (isProven && !isOurs) await refuseTakenRole(transaction, { id: connection.id, roleDigest });
  const { checkFailed, setupPermissions, trust } = factsAfter(factsOfRow(connection), report);
  const rotated = rotationOf(connection, report, nextExternalIdDigest);
  await changeFacts(transaction, connection, {
    known: {
      lastVerifiedAt: at,
      ...(report.trustSeen && sightColumns(trust)),
      ...((believed || report.outcome === "proven") && { lastOutcome: report.outcome }),
      ...(believed && { checkFailed }),
      ...(isProven && {
        provenAt: connection.provenAt ?? at,
        roleDigest,
        accountId: connection.accountId ?? report.accountId ?? null,
        features: [...(report.features ?? connection.features)],
        roleUniqueId: report.roleId ?? connection.roleUniqueId,
        // Whoever made the stack may have renamed it in AWS's form.
        stackName: report.stackName ?? connection.stackName,
        templateVersion: report.picture?.templateVersion ?? connection.templateVersion,
        setupPermissions,
        setupGoneAt: setupPermissions === "gone" ? (connection.setupGoneAt ?? at) : null,
      }),
      ...rotated?.known,
    },
    ...{ cause, actor, at },
  });
  if (isProven) await writeSetupReceipt(transaction, connection, report);
  if (rotated) await keepRotation(transaction, connection, rotated, { actor, at });
}
