import type { ConnectionStatus } from "@/lib/crossaccount/status";

/** Statuses as a customer should get to them, the most urgent first. */
export const statusesByNeed = [
  "insecure",
  "broken",
  "degraded",
  "pending",
  "setup",
  "active",
  "paused",
  "disconnected",
] as const satisfies readonly ConnectionStatus[];

/** Those in which a check found something to repair. */
export const troubledStatuses = ["insecure", "broken", "degraded"] as const satisfies readonly ConnectionStatus[];

export function isTroubled(status: ConnectionStatus): boolean {
  return (troubledStatuses as readonly ConnectionStatus[]).includes(status);
}
