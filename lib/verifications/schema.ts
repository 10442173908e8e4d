import { z } from "zod";
import type { CheckId, CheckStatus, Confidence, Evidence } from "@/lib/crossaccount";
import type { ConnectionStatus, VerificationOutcome } from "@/lib/crossaccount/status";
import { connectionInput } from "@/lib/tenancy/schema";

export const startVerificationInput = connectionInput.extend({
  /** What the customer says about setup permissions: still there, or dropped. */
  expectSetup: z.enum(["present", "gone"]),
});

export interface CheckView {
  id: CheckId;
  status: CheckStatus | "running" | "waiting";
  title: string;
  evidence: Evidence[];
  cause?: string;
  confidence?: Confidence;
  remedy?: string;
}

export interface VerificationView {
  id: string;
  connectionId: string;
  state: "running" | "finished" | "abandoned";
  outcome: VerificationOutcome | null;
  waitingFor: string | null;
  startedAt: string;
  finishedAt: string | null;
  checks: CheckView[];
  /** Status of the connection as it is now. */
  connectionStatus: ConnectionStatus;
}
