import "server-only";
import { CHECK_IDS, type CheckProgress } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { sealedDetail, storedCheck } from "./check-detail";

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
 * Writes the checks of a verification one after another as they go, so that whoever watches sees them. `onStopped` is called
 * when the verification is no longer running (it was cancelled, or took too long) or what it finds cannot be written.
 */
export function createCheckRecorder(
  verification: RecordedVerification,
  { roleArn, onStopped }: { roleArn: string; onStopped: () => void },
): CheckRecorder {
  let queue: Promise<void> = Promise.resolve();
  return {
    record(progress) {
      queue = queue.then(async () => {
        if (!(await write(verification, progress, roleArn))) onStopped();
      });
      // Whoever awaits `written` sees the failure.
      queue.catch(onStopped);
    },
    written: () => queue,
  };
}

const waits = {
  "iam-propagation":
    "Waiting for AWS to spread the new role to all its servers. This usually takes less than a minute.",
  retry: "AWS gave no clear answer; asking again.",
} as const;

async function write(
  { id, customerId, connectionId }: RecordedVerification,
  progress: CheckProgress,
  roleArn: string,
): Promise<boolean> {
  const owner = { customerId, connectionId };
  const row =
    progress.phase === "done"
      ? { ...(await storedCheck(progress.check, roleArn, owner)), finishedAt: new Date() }
      : {
          checkId: progress.id,
          position: CHECK_IDS.indexOf(progress.id),
          status: progress.phase,
          detailCiphertext: await sealedDetail.seal({ title: progress.title, evidence: [] }, owner),
          finishedAt: null,
        };
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.verification.updateMany({
      where: { id, customerId, state: "running" },
      data: { waitingFor: progress.phase === "waiting" ? waits[progress.waitingFor] : null },
    });
    if (count === 0) return false;
    await transaction.checkResult.upsert({
      where: { verificationId_checkId: { verificationId: id, checkId: progress.id }, customerId },
      create: { verificationId: id, customerId, ...row },
      update: row,
    });
    return true;
  });
}
