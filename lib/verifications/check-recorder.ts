import "server-only";
import { CHECK_IDS, type CheckId, type CheckProgress } from "@/lib/crossaccount";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { type StoredCheck, sealedDetail, storedCheck } from "./check-detail";

export interface RecordedVerification {
  id: string;
  customerId: string;
  connectionId: string;
}

export interface CheckRecorder {
  record(progress: CheckProgress): void;
  /** Resolves when all that was recorded is written. Rejects with the first failure. */
  written(): Promise<void>;
}

/**
 * Writes the checks of a verification as they go, so that whoever watches sees them: what comes while one write is under way is
 * written together by the next. `onStopped` is called when the verification is no longer running (it was cancelled, or took too
 * long) or what it finds cannot be written.
 */
export function createCheckRecorder(
  verification: RecordedVerification,
  { roleArn, onStopped }: { roleArn: string; onStopped: () => void },
): CheckRecorder {
  /** The latest of each check that is not written yet, in the order in which they came. */
  const waiting = new Map<CheckId, CheckProgress>();
  let queue: Promise<void> = Promise.resolve();

  async function writeWaiting(): Promise<void> {
    const progress = [...waiting.values()];
    waiting.clear();
    if (progress.length > 0 && !(await write(verification, progress, roleArn))) onStopped();
  }

  return {
    record(progress) {
      waiting.delete(progress.id);
      waiting.set(progress.id, progress);
      queue = queue.then(writeWaiting);
      // Whoever awaits `written` sees the failure.
      queue.catch(onStopped);
    },
    written: () => queue,
  };
}

const waits = {
  "iam-propagation":
    "Waiting for AWS to propagate the new role to all its servers. This usually takes less than a minute.",
  retry: "AWS gave no clear answer; asking again.",
} as const;

/** False when the verification does not run any more. */
async function write(
  { id, customerId, connectionId }: RecordedVerification,
  progress: readonly CheckProgress[],
  roleArn: string,
): Promise<boolean> {
  const owner = { customerId, connectionId };
  const rows = await Promise.all(progress.map((one) => rowOf(one, roleArn, owner)));
  const last = progress.at(-1);
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.verification.updateMany({
      where: { id, customerId, state: "running" },
      data: { waitingFor: last?.phase === "waiting" ? waits[last.waitingFor] : null },
    });
    if (count === 0) return false;
    const values = rows.map(
      ({ checkId, position, status, detailCiphertext, finishedAt }) => Prisma.sql`(
        ${id}::uuid, ${customerId}::uuid, ${checkId}, ${position}::int, ${status}, ${detailCiphertext}::bytea,
        ${finishedAt}::timestamptz)`,
    );
    await transaction.$executeRaw`
      INSERT INTO "CheckResult"
        ("verificationId", "customerId", "checkId", "position", "status", "detailCiphertext", "finishedAt")
      VALUES ${Prisma.join(values)}
      ON CONFLICT ("verificationId", "checkId") DO UPDATE SET "position" = EXCLUDED."position", "status" = EXCLUDED."status",
        "detailCiphertext" = EXCLUDED."detailCiphertext", "finishedAt" = EXCLUDED."finishedAt"
      WHERE "CheckResult"."customerId" = EXCLUDED."customerId"`;
    return true;
  });
}

async function rowOf(
  progress: CheckProgress,
  roleArn: string,
  owner: { customerId: string; connectionId: string },
): Promise<StoredCheck & { finishedAt: Date | null }> {
  if (progress.phase === "done")
    return { ...(await storedCheck(progress.check, roleArn, owner)), finishedAt: databaseTime() };
  return {
    checkId: progress.id,
    position: CHECK_IDS.indexOf(progress.id),
    status: progress.phase,
    detailCiphertext: await sealedDetail.seal({ title: progress.title, evidence: [] }, owner),
    finishedAt: null,
  };
}
