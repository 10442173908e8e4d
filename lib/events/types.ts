/** Everything that the vendor's code is told of. */
export const eventTypes = [
  "connection.created",
  "connection.proposed",
  "connection.verified",
  "connection.status_changed",
  "connection.insecure",
  "connection.broken",
  "connection.recovered",
  "connection.setup_removed",
  "connection.paused",
  "connection.resumed",
  "connection.disconnected",
  "connection.rotation_started",
  "connection.rotation_completed",
  "connection.drift_found",
  "connection.link_opened",
  "customer.created",
  "member.added",
  "member.removed",
] as const;

export type EventType = (typeof eventTypes)[number];
