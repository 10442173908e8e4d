import type { SetupPermissions, StatusFacts } from "@/lib/crossaccount/status";
import type { Connection } from "@/lib/generated/prisma/client";

/** The columns that a connection's status follows from, and the status itself, which says what older rows do not. */
export type FactColumns = Pick<
  Connection,
  | "status"
  | "provenAt"
  | "lastOutcome"
  | "checkFailed"
  | "setupPermissions"
  | "heldByCustomerAt"
  | "heldByStaffAt"
  | "disconnectedAt"
>;

export function factsOfRow(row: FactColumns): StatusFacts {
  return {
    disconnected: row.disconnectedAt !== null,
    paused: row.heldByCustomerAt !== null || row.heldByStaffAt !== null,
    insecure: row.lastOutcome === "insecure",
    proven: row.provenAt !== null,
    refused: row.lastOutcome === "failed",
    checkFailed: row.checkFailed,
    setupPermissions: asSetupPermissions(row.setupPermissions),
  };
}

export function asSetupPermissions(text: string): SetupPermissions {
  return text === "present" || text === "gone" || text === "never-granted" ? text : "unknown";
}
