import { z } from "zod";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import type { DriftKind } from "@/lib/drift/state";
import type { ReminderKind, RoundKind, RoundState } from "./state";

export const roundInput = z.strictObject({ roundId: z.uuid() });

/** A change of the role, as its connection's page shows it. */
export interface DriftView {
  id: string;
  kind: DriftKind;
  /** Null: there was or is none. */
  before: string | null;
  after: string | null;
  /** The change came between these two audits. */
  notSeenAt: Date;
  firstSeenAt: Date;
  /** The audit that saw it first. */
  verificationId: string | null;
  /** Null while it lasts. */
  endedAt: Date | null;
}

export interface ReminderView {
  id: string;
  kind: ReminderKind;
  since: Date;
  /** Opens CloudFormation with the current template, for a template update. */
  updateUrl: string | null;
  /** For staff alone: the other connections that it is about, which may be other customers'. */
  others: OtherConnectionView[];
}

export interface OtherConnectionView {
  connectionId: string;
  connectionName: string;
  customerName: string;
}

/** A reminder among those of all customers. */
export interface StaffReminderView {
  id: string;
  kind: ReminderKind;
  since: Date;
  connectionId: string;
  connectionName: string;
  customerName: string;
}

/** One verification or audit in a connection's history. */
export interface RunView {
  id: string;
  /** An audit ran by itself; a verification was started by a person. */
  byAudit: boolean;
  state: "running" | "finished" | "abandoned";
  outcome: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface HistoryView {
  changes: { from: ConnectionStatus; to: ConnectionStatus; cause: string; at: Date }[];
  runs: RunView[];
  drifts: DriftView[];
  nextAuditAt: Date | null;
}

/** A connection that a round found something about. `skipped`: it could not be audited for a fault of ours. */
export interface RoundFindingView {
  connectionId: string;
  connectionName: string;
  customerName: string;
  /** As it is now. */
  status: ConnectionStatus;
  finding: "insecure" | "failed" | "changed" | "inconclusive" | "skipped";
}

export interface RoundView {
  id: string;
  kind: RoundKind;
  state: RoundState;
  startedAt: Date;
  finishedAt: Date | null;
  total: number;
  /** Recorded, given up or cancelled. */
  done: number;
  counts: Record<"proven" | "failed" | "insecure" | "inconclusive" | "skipped" | "cancelled", number>;
  /** Null while nothing says how long it takes. */
  secondsLeft: number | null;
}
