import "server-only";
import { randomUUID } from "node:crypto";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { deleteInLots } from "@/lib/delete-in-lots";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { redact } from "@/lib/log";
import { logFailure } from "@/lib/log-failure";
import { createBatch } from "./batch";
import { createLimiter } from "./limiter";

const keptDays = 30;
const dayMs = 24 * 60 * 60 * 1_000;
const rowsAtOnce = 10_000;
const longestPath = 200;

/** A request of the API while it is answered. */
export interface SeenRequest {
  id: string;
  at: Date;
  /** By `performance.now()`. */
  begunAt: number;
  method: string;
  path: string;
  /** Null until a key was found. */
  apiKeyId: string | null;
}

interface NotedRequest extends Pick<SeenRequest, "id" | "at" | "method" | "path" | "apiKeyId"> {
  status: number;
  milliseconds: number;
  /** Of the problem that was answered, if any. */
  code: string | null;
}

export function seeRequest({ method, url }: Pick<Request, "method" | "url">): SeenRequest {
  const seen = { id: randomUUID(), at: databaseTime(), begunAt: performance.now() };
  return { ...seen, method, path: pathOf(url), apiKeyId: null };
}

/** Without the query, and without what may be a secret in the wrong place: no ID of ours is longer than a UUID. A longer reference of a customer is left out too. */
function pathOf(url: string): string {
  return redact(new URL(url).pathname)
    .replaceAll(/[\w-]{37,}/g, "…")
    .slice(0, longestPath);
}

const waiting = createBatch<NotedRequest>({
  write: (rows) => writeRequests(rows),
  waitMs: 1_000,
  most: 5_000,
  onLost: (rows, error) => logFailure(error, "requests of the API were answered and not noted", { requests: rows }),
});

/** What is refused before anything is done can come in any number, so of each minute only some are kept: of a key, and of all without one. */
const refused = createLimiter({ points: 20, seconds: 60, now: () => performance.now() });

/** Notes how a request was answered, a little later and together with others. */
export function noteRequest({ begunAt, ...seen }: SeenRequest, answer: { status: number; code: string | null }): void {
  const cheap = answer.status === 401 || answer.status === 429 || answer.code === "address-not-allowed";
  if (cheap && refused.take(seen.apiKeyId ?? "").exceeded) return;
  waiting.add({ ...seen, ...answer, milliseconds: Math.round(performance.now() - begunAt) });
}

/** Writes what waits to be noted. */
export const flushRequests = (): Promise<void> => waiting.flush();

/** One parameter, however many rows. */
function writeRequests(rows: readonly NotedRequest[]): Promise<number> {
  return db.$executeRaw`
    INSERT INTO "ApiRequest" ("id", "at", "method", "path", "status", "milliseconds", "apiKeyId", "code")
    SELECT "id", "at", "method", "path", "status", "milliseconds", "apiKeyId", "code"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS noted("id" uuid, "at" timestamptz, "method" text, "path" text,
      "status" int, "milliseconds" int, "apiKeyId" uuid, "code" text)`;
}

/** Forgets requests of more than 30 days ago. Returns how many. */
export function purgeRequests(database: PrismaClient, now: Date, signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs);
  return deleteInLots(
    { atOnce: rowsAtOnce, signal },
    () => database.$executeRaw`
      DELETE FROM "ApiRequest" WHERE "id" IN (
        SELECT "id" FROM "ApiRequest" WHERE "at" < ${before}::timestamptz LIMIT ${rowsAtOnce})`,
  );
}
