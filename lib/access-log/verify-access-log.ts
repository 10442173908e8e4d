import "server-only";
import type { Database } from "@/lib/db";
import type { AccessLogHead, PrismaClient } from "@/lib/generated/prisma/client";
import { genesis, judgeCheckpoint } from "./chain";
import { checkChain } from "./check-chain";
import { checkRegister } from "./check-register";
import { type KnownChain, readCheckpoints } from "./exported-checkpoints";
import type { FindingKind, LogFinding } from "./finding";
import type { KeyRing } from "./key-ring";
import { findMissingUses } from "./known-uses";
import { signedTimes } from "./signed-times";
import { walkEntries } from "./walk-entries";

export interface LogReport {
  connections: number;
  entries: number;
  /** How many exported checkpoints were compared. */
  checkpoints: number;
  /** Lines of checkpoints that were cut off, and say nothing. */
  cutCheckpoints: number;
  /** Connections of which no right checkpoint was among them: nothing tells an earlier state of their logs from a whole one. */
  withoutCheckpoint: number;
  /** Empty when the log is whole. */
  findings: LogFinding[];
}

export interface VerifyOptions {
  /** Lines of exported checkpoints, which show a database that was put back to an earlier state. */
  checkpoints?: AsyncIterable<string>;
  signal?: AbortSignal;
}

/** A long log is read in one transaction, so that it does not change meanwhile. */
const patience = { maxWait: 60_000, timeout: 60 * 60_000, isolationLevel: "RepeatableRead" } as const;

/** Checks every connection's chain, and that no connection's log is gone, while others go on writing. */
export async function verifyAccessLog(
  { database, keys }: { database: PrismaClient; keys: KeyRing },
  { checkpoints = nothing(), signal }: VerifyOptions = {},
): Promise<LogReport> {
  const known = await readCheckpoints(keys, checkpoints);
  const register = await database.$transaction((transaction) => checkRegister(transaction, keys), patience);
  const { chains } = known;
  const report: LogReport = {
    connections: 0,
    entries: 0,
    checkpoints: known.checkpoints,
    cutCheckpoints: known.cut,
    withoutCheckpoint: 0,
    findings: [...known.findings, ...register.findings],
  };
  for (const connectionId of new Set([...register.connectionIds, ...chains.keys()])) {
    signal?.throwIfAborted();
    const { findings, entries } = await database.$transaction(
      (transaction) => checkConnection(transaction, keys, connectionId, chains.get(connectionId)),
      patience,
    );
    report.connections += 1;
    if (!chains.has(connectionId)) report.withoutCheckpoint += 1;
    report.entries += entries;
    report.findings.push(...findings);
  }
  return report;
}

async function checkConnection(
  transaction: Database,
  keys: KeyRing,
  connectionId: string,
  known: KnownChain | undefined,
): Promise<{ findings: LogFinding[]; entries: number }> {
  const head = await transaction.accessLogHead.findUnique({ where: { connectionId } });
  const { start, end } = head ? boundsOf(head) : await boundsWithoutHead(transaction, connectionId);
  const chain = await checkChain(keys, walkEntries(transaction, connectionId), {
    connectionId,
    start,
    end,
    known: known?.macs,
  });
  const found = head
    ? headFindings(keys, head, known)
    : [{ kind: known || chain.entries === 0 ? "log-missing" : "head-missing", connectionId } as const];
  const uses = head ? await findMissingUses(transaction, head) : [];
  return { entries: chain.entries, findings: [...found, ...chain.findings, ...uses] };
}

function boundsOf({ sequence, mac, prunedThrough, prunedMac }: AccessLogHead) {
  return { start: { sequence: prunedThrough, mac: prunedMac }, end: { sequence, mac } };
}

/** Then nothing says where the chain begins and ends but its entries. */
async function boundsWithoutHead(transaction: Database, connectionId: string) {
  const last = await transaction.accessLogEntry.findFirst({ where: { connectionId }, orderBy: { sequence: "desc" } });
  return {
    start: { sequence: 0, mac: genesis },
    end: { sequence: last?.sequence ?? 0, mac: last?.mac ?? genesis },
  };
}

function headFindings(keys: KeyRing, head: AccessLogHead, known: KnownChain | undefined): LogFinding[] {
  const { connectionId } = head;
  const kinds: FindingKind[] = [];
  const judgement = judgeCheckpoint(keys, head);
  if (judgement === "wrong") kinds.push(signedTimes(keys).ofHead(head) ? "head-shifted" : "head-changed");
  if (judgement === "unknown-key") return [{ kind: "key-missing", connectionId, keyId: head.keyId }];
  const older = known && (head.sequence < known.sequence || head.prunedThrough < known.prunedThrough);
  const differs = (known?.macs.get(head.prunedThrough) ?? head.prunedMac) !== head.prunedMac;
  if (older || differs) kinds.push("put-back");
  return kinds.map((kind) => ({ kind, connectionId, from: head.sequence, to: head.sequence }));
}

async function* nothing(): AsyncGenerator<string> {}
