import { type ConnectionStatus, isUsable } from "@/lib/crossaccount/status";
import type { NewEvent } from "@/lib/events/emit-events";
import type { Connection } from "@/lib/generated/prisma/client";

/** What of a connection its events follow from. */
export type EventColumns = Pick<
  Connection,
  "status" | "provenAt" | "setupPermissions" | "heldByCustomerAt" | "heldByStaffAt" | "disconnectedAt"
>;

/** What the vendor's code is told of, after what was known of a connection changed. */
export function eventsOfChange(before: EventColumns, after: EventColumns): NewEvent[] {
  const { status: from } = before;
  const { status: to } = after;
  const events: NewEvent[] = [];
  if (from !== to) events.push({ type: "connection.status_changed", data: { from, to } });
  if (before.provenAt === null && after.provenAt !== null) events.push({ type: "connection.verified" });
  if (from !== to && to === "insecure") events.push({ type: "connection.insecure", data: { from } });
  if (from !== to && to === "broken") events.push({ type: "connection.broken", data: { from } });
  if (isFault(from) && isUsable(to)) events.push({ type: "connection.recovered", data: { from, to } });
  if (before.setupPermissions !== "gone" && after.setupPermissions === "gone")
    events.push({ type: "connection.setup_removed" });
  for (const [by, column] of holds) {
    if (before[column] === null && after[column] !== null) events.push({ type: "connection.paused", data: { by } });
    if (before[column] !== null && after[column] === null)
      events.push({ type: "connection.resumed", data: { by, status: to } });
  }
  if (before.disconnectedAt === null && after.disconnectedAt !== null)
    events.push({ type: "connection.disconnected", data: { from } });
  return events;
}

const holds = [
  ["customer", "heldByCustomerAt"],
  ["staff", "heldByStaffAt"],
] as const;

function isFault(status: ConnectionStatus): boolean {
  return status === "insecure" || status === "broken";
}
