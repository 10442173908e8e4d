import "server-only";
import { z } from "zod";
import { type Checkpoint, judgeCheckpoint } from "./chain";
import type { LogFinding } from "./finding";
import type { KeyRing } from "./key-ring";

const line = z.object({
  accessLogCheckpoint: z.object({
    connectionId: z.uuid(),
    customerId: z.uuid(),
    ordinal: z.int(),
    sequence: z.int(),
    mac: z.string(),
    prunedThrough: z.int(),
    prunedMac: z.string(),
    at: z.iso.datetime().transform((text) => new Date(text)),
    keyId: z.string(),
    signature: z.string(),
  }),
});

/** Instead of a `mac`, where checkpoints contradict each other: no entry has this one, so the place is reported. */
const twoHistories = "two histories";

/** What the exported checkpoints of one connection prove. */
export interface KnownChain {
  /** `mac` by sequence. */
  macs: Map<number, string>;
  /** The head can be no older than this. */
  sequence: number;
  prunedThrough: number;
}

export interface KnownChains {
  chains: Map<string, KnownChain>;
  checkpoints: number;
  /** Lines that end too early: their process was killed, or the disk was full. Cutting one hides no more than removing it. */
  cut: number;
  findings: LogFinding[];
}

const marker = '"accessLogCheckpoint"';

/** Reads lines of the log, of the checkpoint file or of both; lines about other things are passed over. */
export async function readCheckpoints(keys: KeyRing, lines: AsyncIterable<string>): Promise<KnownChains> {
  const known: KnownChains = { chains: new Map(), checkpoints: 0, cut: 0, findings: [] };
  for await (const text of lines) {
    const { value, cut } = readLine(text);
    if (cut) known.cut += 1;
    if (value === undefined) continue;
    const parsed = line.safeParse(value);
    if (!parsed.success) {
      known.findings.push({ kind: "checkpoint-forged", connectionId: null });
      continue;
    }
    const checkpoint = parsed.data.accessLogCheckpoint;
    known.checkpoints += 1;
    const judgement = judgeCheckpoint(keys, checkpoint);
    if (judgement === "right") learn(known.chains, checkpoint);
    else known.findings.push(doubt(checkpoint, judgement));
  }
  return known;
}

/** What a line says of a checkpoint, if anything, and whether one in it was cut off. */
function readLine(text: string): { value?: unknown; cut: boolean } {
  if (!text.includes(marker)) return { cut: text.length > 1 && `{${marker}`.startsWith(text) };
  const whole = parse(text);
  if (whole !== undefined) return { value: whole, cut: false };
  // The next process may have continued a line in the middle of which its predecessor was killed.
  const next = Math.max(text.lastIndexOf(`{${marker}`), text.lastIndexOf('{"level"'));
  return { value: next > 0 ? parse(text.slice(next)) : undefined, cut: true };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function doubt({ connectionId, sequence, keyId }: Checkpoint, judgement: "wrong" | "unknown-key"): LogFinding {
  const about = { connectionId, from: sequence, to: sequence };
  return judgement === "wrong" ? { kind: "checkpoint-forged", ...about } : { kind: "key-missing", ...about, keyId };
}

function learn(chains: Map<string, KnownChain>, checkpoint: Checkpoint): void {
  const { connectionId, sequence, mac, prunedThrough } = checkpoint;
  const chain = chains.get(connectionId) ?? { macs: new Map(), sequence: 0, prunedThrough: 0 };
  chains.set(connectionId, chain);
  const earlier = chain.macs.get(sequence) ?? mac;
  chain.macs.set(sequence, earlier === mac ? mac : twoHistories);
  chain.sequence = Math.max(chain.sequence, sequence);
  chain.prunedThrough = Math.max(chain.prunedThrough, prunedThrough);
}
