import "server-only";
import type { Database } from "@/lib/db";
import { type AccessLogHead, Prisma } from "@/lib/generated/prisma/client";
import type { LogFinding } from "./finding";

/**
 * What the rest of the database says of uses that must be in the log: nothing is proven, seen or refused but by an assumption,
 * and each is recorded before its answer counts. These rows are not signed, so they prove no log whole. But whoever cuts or
 * puts back the log alone is contradicted by them.
 */

/** Milliseconds by which the clock of a process may be put right during a verification. */
const SKEW = 60_000;
/** Milliseconds: longer than any verification takes. Where only the end of one is known, it began no earlier than that before. */
const LONGEST_RUN = 15 * 60_000;

const asked = Prisma.sql`"checkId" = 'assume-role' AND "status" IN ('passed', 'failed', 'warning')`;

/** Connections whose role was assumed and that have no head, as if they never had a log. */
export async function findUsedWithoutHead(transaction: Database): Promise<string[]> {
  const used = await transaction.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Connection" c
    WHERE NOT EXISTS (SELECT FROM "AccessLogHead" WHERE "connectionId" = c."id") AND (c."provenAt" IS NOT NULL
      OR EXISTS (SELECT FROM "Verification" v JOIN "CheckResult" r ON r."verificationId" = v."id"
        WHERE v."connectionId" = c."id" AND ${asked})
      OR EXISTS (SELECT FROM "RolePicture" WHERE "connectionId" = c."id")
      OR EXISTS (SELECT FROM "Receipt" WHERE "connectionId" = c."id" AND "kind" = 'setup')
      OR EXISTS (SELECT FROM "AuditItem" WHERE "connectionId" = c."id" AND "outcome" IN ('proven', 'insecure'))
      OR EXISTS (SELECT FROM "ConnectionStatusChange"
        WHERE "connectionId" = c."id" AND "to" IN ('setup', 'active', 'degraded', 'insecure')))
    ORDER BY "id"`;
  return used.map(({ id }) => id);
}

interface Missing {
  uses: number;
  since: Date | null;
  until: Date | null;
}

/** Uses of which the log holds nothing, although what was pruned does not reach so far. */
export async function findMissingUses(transaction: Database, head: AccessLogHead): Promise<LogFinding[]> {
  const { connectionId } = head;
  const [missing] = await transaction.$queryRaw<Missing[]>`
    WITH used AS (
      SELECT v."startedAt" AS since, coalesce(v."finishedAt", r."finishedAt") AS until
      FROM "Verification" v JOIN "CheckResult" r ON r."verificationId" = v."id"
      WHERE v."connectionId" = ${connectionId}::uuid AND ${asked}
      UNION
      -- What the vendor's own code stored was verified at any time before; every other proof changed the status then.
      SELECT CASE WHEN EXISTS (SELECT FROM "ConnectionStatusChange" WHERE "connectionId" = c."id" AND "at" = c."provenAt"
          AND "actorType" IS DISTINCT FROM 'service')
        THEN "provenAt" - ${LONGEST_RUN} * interval '1 millisecond' ELSE "createdAt" END, "provenAt"
      FROM "Connection" c WHERE "id" = ${connectionId}::uuid AND "provenAt" IS NOT NULL
      UNION
      SELECT "at" - ${LONGEST_RUN} * interval '1 millisecond', "at" FROM (
        -- A verification that failed may have found the role's ARN unusable and asked no one.
        SELECT "lastVerifiedAt" AS "at" FROM "Connection" c WHERE "id" = ${connectionId}::uuid AND NOT EXISTS (
          SELECT FROM "Verification" WHERE "connectionId" = c."id" AND "finishedAt" = c."lastVerifiedAt" AND "outcome" = 'failed')
        UNION SELECT "lastSeenAt" FROM "RolePicture" WHERE "connectionId" = ${connectionId}::uuid
        UNION SELECT "at" FROM "Receipt" WHERE "connectionId" = ${connectionId}::uuid AND "kind" = 'setup'
        UNION SELECT "finishedAt" FROM "AuditItem"
          WHERE "connectionId" = ${connectionId}::uuid AND "outcome" IN ('proven', 'insecure')
      ) AS ended WHERE "at" IS NOT NULL
    )
    SELECT count(*)::int AS uses, min(since) AS since, max(until) AS until FROM used
    WHERE since > ${await prunedBefore(transaction, head)}::timestamptz AND NOT EXISTS (
      SELECT FROM "AccessLogEntry" WHERE "connectionId" = ${connectionId}::uuid
        AND "at" BETWEEN since - ${SKEW} * interval '1 millisecond' AND until + ${SKEW} * interval '1 millisecond')`;
  if (!missing?.since || !missing.until) return [];
  const { uses, since, until } = missing;
  return [{ kind: "use-missing", connectionId, uses, since: since.toISOString(), until: until.toISOString() }];
}

/** Entries of uses after this time were not pruned: pruning ends before the first entry that is young enough to stay. */
async function prunedBefore(transaction: Database, { connectionId, prunedThrough, at }: AccessLogHead): Promise<Date> {
  if (prunedThrough === 0) return new Date(0);
  const first = await transaction.accessLogEntry.findFirst({
    where: { connectionId, sequence: { gt: prunedThrough } },
    orderBy: { sequence: "asc" },
    select: { at: true },
  });
  return new Date((first?.at ?? at).getTime() + SKEW);
}
