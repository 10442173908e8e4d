import "server-only";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { judgeEntry } from "./chain";
import { addFinding, type FindingKind, type LogFinding } from "./finding";
import type { KeyRing } from "./key-ring";
import { signedTimes } from "./signed-times";

/** A place in a chain: the entry of this sequence has this `mac`. */
export interface ChainPlace {
  sequence: number;
  mac: string;
}

export interface ChainBounds {
  connectionId: string;
  /** The place before the first entry. */
  start: ChainPlace;
  /** Where the signed head says that the chain ends. */
  end: ChainPlace;
  /** What exported checkpoints say: `mac` by sequence. */
  known?: ReadonlyMap<number, string>;
}

/**
 * Follows a chain from one signed place to another and reports whatever is not as we wrote it. A changed entry is reported
 * alone: the ones after it are judged by what they follow.
 */
export async function checkChain(
  keys: KeyRing,
  entries: AsyncIterable<AccessLogEntry>,
  { connectionId, start, end, known = new Map() }: ChainBounds,
): Promise<{ findings: LogFinding[]; entries: number }> {
  const findings: LogFinding[] = [];
  const report = (kind: FindingKind, from: number, to: number, more: Pick<LogFinding, "keyId" | "offByMinutes"> = {}) =>
    addFinding(findings, { kind, connectionId, from, to, ...more });
  const times = signedTimes(keys);
  let last = start;
  let count = 0;

  for await (const entry of entries) {
    const { sequence, mac } = entry;
    count += 1;
    if (sequence <= last.sequence) {
      report("entry-added", sequence, sequence);
      continue;
    }
    const followsGap = sequence > last.sequence + 1;
    if (followsGap) report("entries-missing", last.sequence + 1, sequence - 1);
    const asStored = judgeEntry(keys, entry, last.mac);
    const signed = asStored === "wrong" && !followsGap ? times.ofEntry(entry, last.mac) : null;
    if (signed) report("time-shifted", sequence, sequence, { offByMinutes: signed.offByMinutes });
    const judgement = signed ? "right" : asStored;
    if (sequence > end.sequence) report(judgement === "right" ? "put-back" : "entry-added", sequence, sequence);
    else if (judgement === "unknown-key") report("key-missing", sequence, sequence, { keyId: entry.keyId });
    // After a gap the entry's own predecessor is gone, so nothing can be said about it.
    else if (judgement === "wrong" && !followsGap) report("entry-changed", sequence, sequence);
    else if ((known.get(sequence) ?? mac) !== mac) report("put-back", sequence, sequence);
    last = { sequence, mac };
  }
  if (last.sequence < end.sequence) report("tail-missing", last.sequence + 1, end.sequence);
  else if (last.sequence === end.sequence && last.mac !== end.mac) report("put-back", end.sequence, end.sequence);
  return { findings, entries: count };
}
