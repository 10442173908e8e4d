import "server-only";
import { type Actor, type CrossAccountClient, CrossAccountError } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection, Verification } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log";
import { logFailure } from "@/lib/log-failure";
import { endsSoon } from "@/lib/shutdown";
import { abandonVerifications } from "./abandon-verifications";
import { applyReport } from "./apply-report";
import { createCheckRecorder } from "./check-recorder";
import { lastAssumedAt } from "./last-assumed-at";
import { keepLease } from "./lease";

export interface RunVerificationOptions {
  /** Stops it; when the process is about to end unless given. */
  signal?: AbortSignal;
  /** Asks AWS; its clock dates what follows. The portal's own unless given. */
  client?: Pick<CrossAccountClient, "verifyIntegration">;
}

/**
 * Runs a verification that `startVerification` noted, to its end. It reports by the database alone and never rejects: when
 * it cannot go on, the verification is abandoned, which says nothing about the role.
 */
export async function runVerification(verificationId: string, options: RunVerificationOptions = {}): Promise<void> {
  try {
    const verification = await db.verification.findFirst({
      where: { id: verificationId, state: "running" },
      include: { connection: true },
    });
    if (verification) await run(verification, verification.connection, options);
  } catch (error) {
    const stopped = error instanceof CrossAccountError && error.code === "aborted";
    if (!stopped) logFailure(error, "verification could not be finished", { verificationId });
    await abandon(verificationId);
  }
}

async function run(
  verification: Verification,
  connection: Connection,
  { signal = endsSoon, client = crossAccount }: RunVerificationOptions,
): Promise<void> {
  const { customerId, connectionId } = verification;
  const roleArn = await readRoleArn(connection);
  // It may have ended since this was noted.
  if (!roleArn || connection.status === "disconnected") return abandon(verification.id);

  const stop = new AbortController();
  const recorder = createCheckRecorder(verification, { roleArn, onStopped: () => stop.abort() });
  const leave = keepLease(verification, {
    onLost: () => stop.abort(),
    onError: (error) =>
      log.warn({ err: error, verificationId: verification.id }, "a verification's lease was not renewed"),
  });
  const waits = mayStillSpread(connection);
  const verifying = client.verifyIntegration({
    customerId,
    connectionId,
    roleArn,
    roleId: connection.roleUniqueId ?? undefined,
    lastAssumedAt: await lastAssumedAt(db, connection),
    stackName: connection.stackName,
    features: connection.features,
    expectSetup: verification.expectSetup === "gone" ? "gone" : "present",
    waitForPropagation: waits,
    ...(waits && { deadlineMs: env.PROPAGATION_WAIT_SECONDS * 1_000 }),
    actor: { type: verification.actorType as Actor["type"], id: verification.actorId },
    signal: AbortSignal.any([signal, stop.signal]),
    onCheck: recorder.record,
  });
  // What could not be written stopped it, and is what went wrong.
  const report = await verifying.finally(recorder.written).finally(leave);
  const { roleArnDigest, externalIdDigest, nextExternalIdDigest } = connection;
  await applyReport(
    verification,
    { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest: roleDigest(digester, roleArn) },
    report,
  );
}

/**
 * A role that is new or was just repaired may be refused only because IAM has not spread it yet; and one whose external ID is rotated may
 * still accept the one that was replaced.
 */
function mayStillSpread({ status, nextExternalIdDigest }: Connection): boolean {
  if (nextExternalIdDigest !== null) return true;
  return status === "pending" || status === "insecure" || status === "broken";
}

async function abandon(id: string): Promise<void> {
  await abandonVerifications(db, { id }, databaseTime()).catch((error: unknown) =>
    logFailure(error, "verification could not be abandoned", { verificationId: id }),
  );
}
