import "server-only";
import { randomUUID } from "node:crypto";
import type { AccessLog, AccessLogEntry } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { type Checkpoint, signCheckpoint, signEntry } from "./chain";
import type { KeyRing } from "./key-ring";
import { lockOrMakeHead } from "./lock-head";
import { createQueues } from "./queues";

export interface AccessLogDependencies {
  database: PrismaClient;
  keys: KeyRing;
  clock: () => Date;
  /** Receives each new head once it is committed. What it keeps outside the database shows a log that was put back. */
  onCheckpoint: (checkpoint: Checkpoint) => void | Promise<void>;
}

/** Milliseconds: to get a connection of the pool, and for the transaction, most of which waits for the lock on the head. */
const patience = { maxWait: 10_000, timeout: 15_000 };

/** The access log in the database. When it cannot be written the caller gets no credentials. */
export function createAccessLog({ database, keys, clock, onCheckpoint }: AccessLogDependencies): AccessLog {
  const queues = createQueues();
  return {
    async record(entry) {
      // Within a process they wait here and not in the database, where each would hold a connection of the pool meanwhile.
      const checkpoint = await queues.inTurn(entry.connectionId, () =>
        database.$transaction((transaction) => append(transaction, keys, entry, clock()), patience),
      );
      await onCheckpoint(checkpoint);
    },
  };
}

async function append(transaction: Database, keys: KeyRing, entry: AccessLogEntry, now: Date): Promise<Checkpoint> {
  const { connectionId, customerId } = entry;
  const head = await lockOrMakeHead(transaction, keys, { connectionId, customerId }, now);
  const row = signEntry(
    keys,
    { ...columnsOf(entry), id: entry.id ?? randomUUID(), sequence: head.sequence + 1 },
    head.mac,
  );
  const next = signCheckpoint(keys, { ...head, sequence: row.sequence, mac: row.mac, at: now });
  await transaction.accessLogEntry.create({ data: row });
  await transaction.accessLogHead.update({ where: { connectionId }, data: next });
  return next;
}

function columnsOf({ actor, ...entry }: AccessLogEntry) {
  return {
    customerId: entry.customerId,
    connectionId: entry.connectionId,
    actorType: actor.type,
    actorId: storable(actor.id),
    purpose: storable(entry.purpose),
    sessionName: storable(entry.sessionName),
    region: storable(entry.region),
    outcome: entry.outcome,
    source: entry.source ?? null,
    errorCode: entry.errorCode === undefined ? null : storable(entry.errorCode),
    requestId: entry.requestId === undefined ? null : storable(entry.requestId),
    latencyMs: Math.max(0, Math.round(entry.latencyMs)),
    probe: entry.probe,
    expiresAt: entry.expiresAt ?? null,
    at: entry.at,
  };
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair, and what it keeps must be what was signed. */
function storable(text: string): string {
  return Buffer.from(text).toString().replaceAll("\0", "\uFFFD");
}
