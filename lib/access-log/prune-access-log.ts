import "server-only";
import type { Database } from "@/lib/db";
import { type Checkpoint, signCheckpoint } from "./chain";
import { checkChain } from "./check-chain";
import { isShiftOnly } from "./finding";
import { lockHead } from "./lock-head";
import type { AccessLogDependencies } from "./prisma-access-log";
import { AccessLogTamperedError } from "./tampered";
import { walkEntries } from "./walk-entries";

const DAY = 24 * 60 * 60_000;
const patience = { maxWait: 10_000, timeout: 60_000 };

export interface Pruning {
  /** How many entries were removed. */
  entries: number;
  /** Connections whose old entries stay because they are not as we wrote them: what shows the tampering is kept. */
  tampered: string[];
}

export interface PruneOptions {
  retentionDays: number;
  /** Entries of one connection removed in one transaction, which holds up those who add to it. */
  atOnce?: number;
  signal?: AbortSignal;
}

/**
 * Removes entries that are older than the retention, from the beginning of each connection's chain. The new beginning is
 * signed, so what is left verifies as before, and no one without the key can prune.
 */
export async function pruneAccessLog(
  dependencies: AccessLogDependencies,
  { retentionDays, atOnce = 5_000, signal }: PruneOptions,
): Promise<Pruning> {
  const before = new Date(dependencies.clock().getTime() - retentionDays * DAY);
  const pruning: Pruning = { entries: 0, tampered: [] };
  const old = await dependencies.database.accessLogEntry.groupBy({
    by: ["connectionId"],
    where: { at: { lt: before } },
  });
  for (const { connectionId } of old) {
    try {
      for (let removed = atOnce; removed === atOnce; pruning.entries += removed) {
        signal?.throwIfAborted();
        removed = await pruneSome(dependencies, connectionId, before, atOnce);
      }
    } catch (error) {
      if (!(error instanceof AccessLogTamperedError)) throw error;
      pruning.tampered.push(connectionId);
    }
  }
  return pruning;
}

async function pruneSome(
  { database, keys, clock, onCheckpoint }: AccessLogDependencies,
  connectionId: string,
  before: Date,
  atOnce: number,
): Promise<number> {
  const pruned = await database.$transaction(async (transaction) => {
    const head = await lockHead(transaction, keys, connectionId);
    if (!head) throw new AccessLogTamperedError("The head of this connection's access log was removed.");
    const through = Math.min(await lastOldEntry(transaction, head, before), head.prunedThrough + atOnce);
    if (through <= head.prunedThrough) return null;

    const last = await transaction.accessLogEntry.findUnique({
      where: { connectionId_sequence: { connectionId, sequence: through } },
    });
    const { findings } = await checkChain(
      keys,
      walkEntries(transaction, connectionId, { after: head.prunedThrough, through }),
      {
        connectionId,
        start: { sequence: head.prunedThrough, mac: head.prunedMac },
        end: { sequence: through, mac: last?.mac ?? "" },
      },
    );
    if (!last || !findings.every(isShiftOnly))
      throw new AccessLogTamperedError("These entries are not as they were written.");

    const next = signCheckpoint(keys, { ...head, prunedThrough: through, prunedMac: last.mac, at: clock() });
    await transaction.accessLogHead.update({ where: { connectionId }, data: next });
    await transaction.accessLogEntry.deleteMany({ where: { connectionId, sequence: { lte: through } } });
    return { next, removed: through - head.prunedThrough };
  }, patience);
  if (!pruned) return 0;
  await onCheckpoint(pruned.next);
  return pruned.removed;
}

/** Entries are numbered when written and dated when asked for, so the first young one ends what may go. */
async function lastOldEntry(
  transaction: Database,
  { connectionId, sequence }: Checkpoint,
  before: Date,
): Promise<number> {
  const young = await transaction.accessLogEntry.aggregate({
    where: { connectionId, at: { gte: before } },
    _min: { sequence: true },
  });
  return (young._min.sequence ?? sequence + 1) - 1;
}
