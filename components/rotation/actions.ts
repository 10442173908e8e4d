import type { ActionResult } from "@/lib/action";
import type { FollowedRotation } from "@/lib/connections/rotation-schema";

type OnConnection<Data = unknown> = (input: { customer: string; connectionId: string }) => Promise<ActionResult<Data>>;

/** What an admin may do about the rotation of an external ID. */
export interface RotationActions {
  startRotation: OnConnection;
  abandonRotation: OnConnection;
  followRotation: OnConnection<FollowedRotation>;
}
