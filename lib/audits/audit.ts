import type { CrossAccountClient } from "@/lib/crossaccount";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import type { HoldDependencies } from "./leases";

/** What an audit works with. */
export interface AuditDependencies extends HoldDependencies {
  client: Pick<CrossAccountClient, "verifyIntegration">;
  policy: AuditPolicy;
  clock: () => Date;
  /** From 0 up to 1. */
  jitter: () => number;
}
