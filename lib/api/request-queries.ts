import "server-only";
import { z } from "zod";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { ApiRequest, Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import type { StaffAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { requestPolicy } from "./request-limit";
import type { ApiRequestPage, ApiRequestView, KeyUse, RequestOutcome } from "./schema";

const rowsAtOnce = 50;

const statuses: Record<RequestOutcome, Prisma.IntFilter> = {
  answered: { lt: 400 },
  refused: { gte: 400, lt: 500 },
  failed: { gte: 500 },
};

export interface RequestFilter {
  /** As a caller has it from an answer; then nothing else narrows. */
  requestId?: string | undefined;
  apiKeyId?: string | undefined;
  outcome?: RequestOutcome | undefined;
  cursor?: string | undefined;
}

/** What was asked of the API in the last 30 days, newest first. @throws AppError `not-found` */
export async function listApiRequests(
  _access: StaffAccess,
  { requestId, apiKeyId, outcome, cursor }: RequestFilter = {},
): Promise<ApiRequestPage> {
  if (requestId !== undefined) return { rows: await viewsOf(await withId(requestId)), nextCursor: null };
  const end = readCursor(cursor);
  const where: Prisma.ApiRequestWhereInput = {
    ...(apiKeyId !== undefined && { apiKeyId: idFrom(apiKeyId, "key") }),
    ...(outcome && { status: statuses[outcome] }),
    ...(end && { at: { lte: end.at }, NOT: { at: end.at, id: { gte: end.id } } }),
  };
  const rows = await db.apiRequest.findMany({
    where,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: rowsAtOnce + 1,
  });
  const shown = rows.slice(0, rowsAtOnce);
  const last = shown.at(-1);
  return { rows: await viewsOf(shown), nextCursor: rows.length > rowsAtOnce && last ? writeCursor(last) : null };
}

/** How near a key is to its bound on requests. */
export async function keyUse(_access: StaffAccess, apiKeyId: string, now: Date = databaseTime()): Promise<KeyUse> {
  const id = idFrom(apiKeyId, "key");
  const windowBegan = new Date(now.getTime() - requestPolicy.seconds * 1_000);
  const [lastWindow, refused] = await Promise.all([
    db.apiRequest.count({ where: { apiKeyId: id, at: { gt: windowBegan } } }),
    db.apiRequest.findFirst({ where: { apiKeyId: id, status: 429 }, orderBy: { at: "desc" }, select: { at: true } }),
  ]);
  const limit = { requests: requestPolicy.points, seconds: requestPolicy.seconds };
  return { limit, lastWindow, limitReachedAt: refused?.at ?? null };
}

/** What cannot be an ID is of no request. */
async function withId(requestId: string): Promise<ApiRequest[]> {
  const id = z.uuid().safeParse(requestId);
  return id.success ? db.apiRequest.findMany({ where: { id: id.data } }) : [];
}

async function viewsOf(rows: readonly ApiRequest[]): Promise<ApiRequestView[]> {
  const ids = [...new Set(rows.flatMap(({ apiKeyId }) => apiKeyId ?? []))];
  const keys =
    ids.length === 0 ? [] : await db.apiKey.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return rows.map(({ apiKeyId, ...row }) => ({
    ...row,
    key: apiKeyId === null ? null : { id: apiKeyId, name: keys.find(({ id }) => id === apiKeyId)?.name ?? null },
  }));
}
