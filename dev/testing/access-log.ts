import { randomUUID } from "node:crypto";
import type { Checkpoint } from "@/lib/access-log/chain";
import { type AccessLogDependencies, createAccessLog } from "@/lib/access-log/prisma-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import type { AccessLogEntry, ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";

export const began = new Date("2026-03-02T10:00:00.000Z");

export function logEntry(changed: Partial<AccessLogEntry> = {}): AccessLogEntry {
  return {
    customerId: randomUUID(),
    connectionId: randomUUID(),
    actor: { type: "service", id: "nimbus" },
    purpose: "nightly report",
    sessionName: "nimbus-nightly-report-0011223344556677",
    region: "us-east-1",
    outcome: "allowed",
    requestId: randomUUID(),
    latencyMs: 21,
    expiresAt: new Date(began.getTime() + 3_600_000),
    probe: false,
    at: began,
    ...changed,
  };
}

/** Writes as many entries of one connection, a minute apart, and gives every checkpoint that was exported on the way. */
export async function writeLog(
  owner: ConnectionScope,
  count: number,
  changed: Partial<AccessLogDependencies> & { from?: Date } = {},
): Promise<Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  const { from = began, ...dependencies } = changed;
  const log = createAccessLog({
    ...accessLogDependencies,
    onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
    ...dependencies,
  });
  for (let index = 0; index < count; index += 1)
    await log.record(logEntry({ ...owner, at: new Date(from.getTime() + index * 60_000) }));
  return checkpoints;
}

/** Statements of someone with every right in the database: no trigger stops them. */
export async function asDatabaseOwner(...statements: string[]): Promise<void> {
  await db.$transaction([
    db.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    ...statements.map((statement) => db.$executeRawUnsafe(statement)),
  ]);
}

/** What a log of the portal holds: checkpoints between other lines. */
export async function* checkpointLines(checkpoints: readonly Checkpoint[]): AsyncGenerator<string> {
  yield '{"level":"info","msg":"something else"}';
  for (const accessLogCheckpoint of checkpoints) yield JSON.stringify({ level: "info", accessLogCheckpoint });
}
