import "server-only";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { findAnnounced } from "./find-announced";

export interface WantedAssumption {
  connectionId: string;
  purpose: string;
  region?: string | undefined;
  durationSeconds?: number | undefined;
}

/**
 * Enters into the access log that a caller is about to assume the role by its own AWS identity. Asked twice with the same `requestId`,
 * it is entered once. What the caller needs is read by `readAnnounced`.
 * @throws AppError `not-found`; CrossAccountError where the library refuses to use the connection
 */
export async function announceAssumption(
  access: CustomerAccess,
  { connectionId: named, ...wanted }: WantedAssumption,
  requestId: string,
): Promise<{ id: string }> {
  const { customerId, id: connectionId } = await findOwnConnection(access, named);
  const made = await findAnnounced({ customerId, connectionId }, requestId);
  if (!made) {
    await crossAccount.announceAssumption(customerId, {
      ...{ connectionId, ...wanted, actor: access.actor, entryId: requestId },
    });
  }
  return { id: requestId };
}
