import { type ConnectionStatus, isUsable } from "@/lib/crossaccount/status";
import type { Connection } from "@/lib/generated/prisma/client";

const refusals: Record<Exclude<ConnectionStatus, "setup" | "active" | "degraded">, string> = {
  pending: "This connection is not verified yet, so nobody uses its external ID. Finish its setup first.",
  insecure:
    "This connection is blocked, because others can use its role. Repair it first, then rotate its external ID.",
  broken: "This connection is blocked, because its role cannot be used. Repair it first, then rotate its external ID.",
  paused: "This connection is paused. Resume it first, then rotate its external ID.",
  disconnected: "This connection has ended for good, and its external ID is not used any more.",
};

/** Why no rotation can begin; null where one can. */
export function refusalOfRotation({
  status,
  nextExternalIdDigest,
}: Pick<Connection, "status" | "nextExternalIdDigest">): string | null {
  if (status in refusals) return refusals[status as keyof typeof refusals];
  if (nextExternalIdDigest !== null || !isUsable(status)) {
    return "A rotation of this external ID runs already. Update the stack with the new one, or keep the old one; then another can begin.";
  }
  return null;
}
