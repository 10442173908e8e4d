import "server-only";
import type { Actor } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";

export type ActivityAction =
  | "connection.created"
  | "connection.revised"
  | "connection.launched"
  | "connection.role-submitted"
  | "connection.role-found"
  | "connection.unreadable-confirmed"
  | "connection.account-confirmed"
  | "connection.account-rejected"
  | "connection.renamed"
  | "connection.deleted"
  | "connection.paused"
  | "connection.resumed"
  | "connection.disconnected"
  | "rotation.started"
  | "rotation.completed"
  | "rotation.abandoned"
  | "rotation.expired"
  | "connection.access-checked"
  | "verification.started"
  | "verification.cancelled"
  | "audit-round.started"
  | "audit-round.cancelled"
  | "link.created"
  | "link.opened"
  | "link.refused"
  | "link.revoked"
  | "api-key.created"
  | "api-key.rotated"
  | "api-key.revoked"
  | "customer.created"
  | "customer.renamed"
  | "invitation.created"
  | "invitation.revoked"
  | "invitation.accepted"
  | "member.role-changed"
  | "member.removed"
  | "member.left";

export interface Activity {
  actor: Actor;
  action: ActivityAction;
  customerId?: string;
  connectionId?: string;
  /** Facts for a reader; never an external ID, a role ARN or a token. */
  detail?: Record<string, string | number | boolean>;
}

/** Notes what someone did, in the transaction that did it: one is never there without the other. */
export async function recordActivity(transaction: Database, { actor, ...activity }: Activity): Promise<void> {
  await transaction.activityLogEntry.create({ data: { ...activity, actorType: actor.type, actorId: actor.id } });
}
