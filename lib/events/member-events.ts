import type { CustomerRole } from "@/lib/generated/prisma/client";
import type { NewEvent } from "./emit-events";

/** Someone who was no member of the customer before is one now. */
export function memberAdded({ userId, role }: { userId: string; role: CustomerRole }): NewEvent {
  return { type: "member.added", data: { user_id: userId, role } };
}

/** Someone is no member any more, by whatever they had been one. */
export function memberRemoved(userId: string): NewEvent {
  return { type: "member.removed", data: { user_id: userId } };
}
