import "server-only";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import type { StaffAccess } from "@/lib/tenancy/access";
import { actorNames } from "@/lib/tenancy/actor-names";
import { idFrom } from "@/lib/tenancy/id-from";
import type { ApiKeyPage, ApiKeyView } from "./schema";
import type { ApiKeyState } from "./state";

const rowsAtOnce = 50;

const related = {
  customer: { select: { reference: true, name: true } },
  replacedBy: { select: { id: true } },
} satisfies Prisma.ApiKeyInclude;
type Row = Prisma.ApiKeyGetPayload<{ include: typeof related }>;

/** Keys that work, or those that ended; newest first. */
export async function listApiKeys(
  _access: StaffAccess,
  { ended = false, cursor }: { ended?: boolean; cursor?: string | undefined } = {},
  now: Date = databaseTime(),
): Promise<ApiKeyPage> {
  const end = readCursor(cursor);
  const works = { revokedAt: null, expiresAt: { gt: now } };
  const rows = await db.apiKey.findMany({
    where: {
      ...(ended ? { NOT: works } : works),
      ...(end && { OR: [{ createdAt: { lt: end.at } }, { createdAt: end.at, id: { lt: end.id } }] }),
    },
    include: related,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: rowsAtOnce + 1,
  });
  const shown = rows.slice(0, rowsAtOnce);
  const last = shown.at(-1);
  return {
    rows: await viewsOf(shown, now),
    nextCursor: rows.length > rowsAtOnce && last ? writeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

/** @throws AppError `not-found` */
export async function getApiKey(
  _access: StaffAccess,
  apiKeyId: string,
  now: Date = databaseTime(),
): Promise<ApiKeyView> {
  const row = await db.apiKey.findUnique({ where: { id: idFrom(apiKeyId, "key") }, include: related });
  const [view] = await viewsOf(row ? [row] : [], now);
  if (!view) throw notFound("key");
  return view;
}

async function viewsOf(rows: readonly Row[], now: Date): Promise<ApiKeyView[]> {
  const nameOf = await actorNames(rows.map(makerOf), "staff");
  return rows.map((row) => {
    const { id, name, prefix, scopes, customer, networks, confirmedById, replacesId, replacedBy } = row;
    const { createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom } = row;
    const maker = makerOf(row);
    return {
      ...{ id, name, prefix, scopes, customer, networks, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom },
      ...{ state: stateOf(row, now), isConfirmed: confirmedById !== null },
      madeBy: { type: maker.type, id: maker.id, name: nameOf(maker) },
      ...{ replaces: replacesId, replacedBy: replacedBy?.id ?? null },
    };
  });
}

function makerOf({ createdByType, createdById: id, customerId }: Row) {
  const type = ACTOR_TYPES.find((known) => known === createdByType) ?? ("system" as const);
  return { type, id, customerId: customerId ?? "" };
}

function stateOf({ revokedAt, expiresAt }: Pick<Row, "revokedAt" | "expiresAt">, now: Date): ApiKeyState {
  if (revokedAt) return "revoked";
  return expiresAt > now ? "active" : "expired";
}
