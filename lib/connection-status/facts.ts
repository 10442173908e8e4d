import type { SetupPermissions, StatusFacts, TrustSight } from "@/lib/crossaccount/status";
import type { Connection } from "@/lib/generated/prisma/client";

/** The columns that a connection's status follows from, and the status itself, which says what older rows do not. */
export type FactColumns = Pick<
  Connection,
  | "status"
  | "provenAt"
  | "accountProposedAt"
  | "lastOutcome"
  | "checkFailed"
  | "setupPermissions"
  | "heldByCustomerAt"
  | "heldByStaffAt"
  | "disconnectedAt"
  | keyof SightColumns
>;

export type SightColumns = Pick<
  Connection,
  "trustReadAt" | "trustDeniedSince" | "trustDeniedAt" | "trustDenialConfirmedAt"
>;

export function factsOfRow(row: FactColumns): StatusFacts {
  return {
    disconnected: row.disconnectedAt !== null,
    paused: row.heldByCustomerAt !== null || row.heldByStaffAt !== null,
    insecure: row.lastOutcome === "insecure",
    proven: row.provenAt !== null,
    confirmed: row.accountProposedAt === null,
    refused: row.lastOutcome === "failed",
    checkFailed: row.checkFailed,
    setupPermissions: asSetupPermissions(row.setupPermissions),
    trust: sightOfRow(row),
  };
}

export function sightOfRow(row: SightColumns): TrustSight {
  return {
    readAt: row.trustReadAt?.toISOString() ?? null,
    deniedSince: row.trustDeniedSince?.toISOString() ?? null,
    deniedLast: row.trustDeniedAt?.toISOString() ?? null,
    confirmedAt: row.trustDenialConfirmedAt?.toISOString() ?? null,
  };
}

/** What was seen of the trust policy, in the columns that keep it. */
export function sightColumns({ readAt, deniedSince, deniedLast, confirmedAt }: TrustSight): SightColumns {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    trustReadAt: date(readAt),
    trustDeniedSince: date(deniedSince),
    trustDeniedAt: date(deniedLast),
    trustDenialConfirmedAt: date(confirmedAt),
  };
}

export function asSetupPermissions(text: string): SetupPermissions {
  return text === "present" || text === "gone" || text === "never-granted" ? text : "unknown";
}
