import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import { takeFromLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { abandonDead, leaseFrom } from "./lease";

export interface StartedVerification {
  verificationId: string;
  /** False when one was running already: it is shown instead of starting a second. */
  started: boolean;
}

/** Notes that a verification runs; whoever calls this then runs it. At most one runs for each connection. */
export async function startVerification(
  access: CustomerAccess,
  input: { connectionId: string; expectSetup: "present" | "gone" },
  now: Date,
): Promise<StartedVerification> {
  const connection = await findOwnConnection(access, input.connectionId);
  if (connection.roleArnCiphertext === null) {
    throw new AppError("conflict", "There is no role to verify yet. Enter the role first, then verify it.");
  }
  refuseEnded(connection);
  const { customerId, id: connectionId } = connection;
  // A run whose process went away would otherwise stand in the way for ever.
  await abandonDead(db, { customerId, connectionId }, now);
  const running = await findRunning(customerId, connectionId);
  if (running) return { verificationId: running, started: false };
  await takeFromLimit("verify", customerId);

  try {
    return await db.$transaction(async (transaction) => {
      // Locked, so that an end that is under way is seen.
      refuseEnded(await lockConnection(transaction, { customerId, connectionId }));
      const { id: verificationId } = await transaction.verification.create({
        data: {
          connectionId,
          customerId,
          expectSetup: input.expectSetup,
          actorType: access.actor.type,
          actorId: access.actor.id,
          startedAt: now,
          deadlineAt: leaseFrom(now),
        },
      });
      await recordActivity(transaction, {
        actor: access.actor,
        customerId,
        connectionId,
        action: "verification.started",
        detail: { verificationId },
      });
      return { verificationId, started: true };
    });
  } catch (error) {
    // The database itself allows one running verification of a connection.
    if (!isDuplicate(error)) throw error;
    const winner = await findRunning(customerId, connectionId);
    if (!winner) throw error;
    return { verificationId: winner, started: false };
  }
}

function refuseEnded(connection: Connection | null): void {
  if (connection?.status === "disconnected")
    throw new AppError("conflict", "This connection has ended. Create a new one to connect the account again.");
}

async function findRunning(customerId: string, connectionId: string): Promise<string | undefined> {
  const running = await db.verification.findFirst({ where: { customerId, connectionId, state: "running" } });
  return running?.id;
}
