import "server-only";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Rotation } from "@/lib/generated/prisma/client";
import { takeFromLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { startVerification } from "@/lib/verifications/start-verification";
import type { FollowedRotation } from "./rotation-schema";

const askAgainAfterSeconds = 5;
/** How long what a verification saw is believed before another one looks: AWS accepts both, or something else is wrong with the role. */
const lookAgainAfterMs = 60_000;

/**
 * Asks AWS once whether it accepts the next external ID. As soon as it does, a verification starts, which completes the rotation once
 * the old one is refused; whoever calls this runs it where it says so. While the connection is paused AWS is left in peace.
 * @throws AppError `not-found`
 */
export async function followRotation(
  access: CustomerAccess,
  named: string,
  now: Date,
): Promise<{ followed: FollowedRotation; toRun: string | null }> {
  const connection = await findOwnConnection(access, named);
  const { customerId, id: connectionId } = connection;
  const rotation = await db.rotation.findFirst({ where: { customerId, connectionId, endedAt: null } });
  const roleArn = await readRoleArn(connection);
  if (!rotation || !roleArn || connection.nextExternalIdDigest === null) return ended;
  if (connection.status === "paused" || (await wasLookedAt(rotation, now))) return waiting(askAgainAfterSeconds);
  try {
    if (!connection.nextAccepted) {
      await takeFromLimit("findRole", customerId);
      const answer = await crossAccount.probeRole({
        customerId,
        connectionId,
        roleArn,
        next: true,
        actor: access.actor,
      });
      if (answer.status !== "passed") return waiting(askAgainAfterSeconds);
    }
    const expectSetup = connection.setupPermissions === "gone" ? "gone" : "present";
    const { verificationId, started } = await startVerification(access, { connectionId, expectSetup }, now);
    return {
      followed: { state: "verifying", retryAfterSeconds: askAgainAfterSeconds },
      toRun: started ? verificationId : null,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "rate-limited") throw error;
    return waiting(error.retryAfterSeconds ?? askAgainAfterSeconds);
  }
}

/** Whether a verification looked a moment ago and could not complete it. That AWS did not accept the new one then says nothing of now. */
async function wasLookedAt(
  { customerId, connectionId, startedAt, seen, seenAt }: Rotation,
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - lookAgainAfterMs);
  if (seenAt && seenAt > since) return seen !== "unused";
  const unclear = await db.verification.findFirst({
    where: {
      ...{ customerId, connectionId, state: { not: "running" }, startedAt: { gte: startedAt } },
      ...{ finishedAt: { gt: since }, outcome: { not: "proven" } },
    },
  });
  return unclear !== null;
}

const ended = { followed: { state: "ended", retryAfterSeconds: 0 }, toRun: null } as const;

function waiting(retryAfterSeconds: number) {
  return { followed: { state: "waiting" as const, retryAfterSeconds }, toRun: null };
}
