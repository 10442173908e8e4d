import "server-only";
import type { AccessLogEntry, AccessLogHead, AccessLogRegister } from "@/lib/generated/prisma/client";
import type { Judgement, KeyRing } from "./key-ring";

/** The `mac` before the first entry. */
export const genesis = "";

type Unsigned<Row> = Omit<Row, "keyId" | "mac" | "signature">;

/** Gives a row what ties it to its place: after the row whose `mac` is `previous`. */
export function signEntry(keys: KeyRing, entry: Unsigned<AccessLogEntry>, previous: string): AccessLogEntry {
  return { ...entry, ...keys.sign(entryStatement(entry, previous)) };
}

export function judgeEntry(keys: KeyRing, entry: AccessLogEntry, previous: string): Judgement {
  return keys.judge(entryStatement(entry, previous), entry);
}

/** A signed statement about where a connection's log begins and ends. The newest one is the connection's head. */
export type Checkpoint = AccessLogHead;

export function signCheckpoint(keys: KeyRing, head: Omit<Checkpoint, "keyId" | "signature">): Checkpoint {
  const { keyId, mac: signature } = keys.sign(checkpointStatement(head));
  return { ...head, keyId, signature };
}

export function judgeCheckpoint(keys: KeyRing, head: Checkpoint): Judgement {
  return keys.judge(checkpointStatement(head), { keyId: head.keyId, mac: head.signature });
}

export function signRegister(keys: KeyRing, heads: number): AccessLogRegister {
  const { keyId, mac: signature } = keys.sign(["register", heads]);
  return { id: 1, heads, keyId, signature };
}

export function judgeRegister(keys: KeyRing, { heads, keyId, signature }: AccessLogRegister): Judgement {
  return keys.judge(["register", heads], { keyId, mac: signature });
}

function entryStatement(entry: Unsigned<AccessLogEntry>, previous: string) {
  const { id, customerId, connectionId, sequence, actorType, actorId, purpose, sessionName, region } = entry;
  const { outcome, errorCode, requestId, latencyMs, probe, expiresAt, at, source } = entry;
  return [
    ...["entry", previous, id, customerId, connectionId, sequence, actorType, actorId, purpose, sessionName, region],
    ...[outcome, errorCode, requestId, latencyMs, probe, expiresAt?.toISOString() ?? null, at.toISOString()],
    // Entries of earlier versions had none, and were signed without.
    ...(source === null ? [] : [source]),
  ];
}

function checkpointStatement(head: Omit<Checkpoint, "keyId" | "signature">) {
  const { connectionId, customerId, ordinal, sequence, mac, prunedThrough, prunedMac, at } = head;
  return ["head", connectionId, customerId, ordinal, sequence, mac, prunedThrough, prunedMac, at.toISOString()];
}
