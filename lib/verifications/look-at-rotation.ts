import "server-only";
import { type Actor, type RotationState, rotationState } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { Connection } from "@/lib/generated/prisma/client";

/** Asks AWS, by a verification that is not recorded, which of a connection's two external IDs it accepts. */
export async function lookAtRotation(
  { customerId, id: connectionId, roleUniqueId, features }: Connection,
  actor: Actor,
  signal?: AbortSignal,
): Promise<RotationState> {
  const { rotation } = await crossAccount.verifyIntegration({
    ...{ customerId, connectionId, features, actor },
    ...(roleUniqueId && { roleId: roleUniqueId }),
    ...(signal && { signal }),
  });
  return rotation ? rotationState(rotation) : "unknown";
}

/** Whether the next external ID is in no use that AWS knows of, so that it may be retired. */
export function mayBeDropped(seen: RotationState): seen is "unused" {
  return seen === "unused";
}
