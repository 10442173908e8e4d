import "server-only";
import { config } from "@/lib/config";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { beginRotation } from "@/lib/connection-status/rotation";
import { generateExternalId } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { externalIdDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { refusalOfRotation } from "./refusal-of-rotation";

/**
 * Issues the external ID that is to take the current one's place. Both are tried from now on, in every process, so that nothing fails while
 * the customer updates the stack.
 * @throws AppError `not-found`, `conflict` while one runs and where the connection is not in use
 */
export async function startRotation(access: CustomerAccess, named: string, now: Date): Promise<void> {
  const { actor } = access;
  const owner = { customerId: access.customer.id, connectionId: connectionIdFrom(named) };
  const externalId = generateExternalId(config.externalIdPrefix);
  const ciphertext = await seal(externalId, owner, "externalId");
  const digest = externalIdDigest(digester, externalId);
  await db.$transaction(async (transaction) => {
    const connection = await lockConnection(transaction, owner);
    if (!connection) throw notFound("connection");
    const refusal = refusalOfRotation(connection);
    if (refusal) throw new AppError("conflict", refusal);
    await beginRotation(transaction, connection, { ciphertext, digest, actor, at: now });
  });
  // Other processes hear of it from the database; this one need not wait for that.
  crossAccount.invalidate(owner.customerId, owner.connectionId);
}
