import type { CrossAccountClient } from "@/lib/crossaccount";
import type { HoldDependencies } from "./hold";
import type { AuditPolicy } from "./settings";

/** What an audit works with. */
export interface AuditDependencies extends HoldDependencies {
  client: Pick<CrossAccountClient, "verifyIntegration">;
  policy: AuditPolicy;
  clock: () => Date;
  /** From 0 up to 1. */
  jitter: () => number;
}
