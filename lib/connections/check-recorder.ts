import "server-only";
import { CHECK_IDS, type Check, type CheckProgress, showRoleArn } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { encryptDetail } from "./check-detail";

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
 * when the verification is no longer running: it was cancelled, or took too long.
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
      // Whoever awaits `written` sees the failure; until then nobody listens.
      queue.catch(() => undefined);
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
  const row = {
    position: CHECK_IDS.indexOf(progress.id),
    status: progress.phase === "done" ? progress.check.status : progress.phase,
    finishedAt: progress.phase === "done" ? new Date() : null,
    detailCiphertext: await encryptDetail(
      progress.phase === "done" ? naming(progress.check, roleArn) : { title: progress.title, evidence: [] },
      { customerId, connectionId },
    ),
  };
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.verification.updateMany({
      where: { id, customerId, state: "running" },
      data: { waitingFor: progress.phase === "waiting" ? waits[progress.waitingFor] : null },
    });
    if (count === 0) return false;
    await transaction.checkResult.upsert({
      where: { verificationId_checkId: { verificationId: id, checkId: progress.id }, customerId },
      create: { verificationId: id, customerId, checkId: progress.id, ...row },
      update: row,
    });
    return true;
  });
}

/** Findings name the role that they are about, even when the connection has another one by the time they are read. */
export function naming(check: Check, roleArn: string): Check {
  const show = (text: string) => showRoleArn(text, roleArn);
  return {
    ...check,
    evidence: check.evidence.map((fact) => ({ ...fact, value: show(fact.value) })),
    cause: check.cause && show(check.cause),
    remedy: check.remedy && show(check.remedy),
  };
}
