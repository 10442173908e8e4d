import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";

interface Marked {
  mark: string;
}

/** A text that differs as soon as the customer's list of connections, or what it says of one, does. */
export async function markOfConnections(access: CustomerAccess): Promise<string> {
  const [row] = await db.$queryRaw<Marked[]>`
    SELECT concat_ws('.', count(*), extract(epoch FROM max("updatedAt"))) AS mark
    FROM "Connection" WHERE "customerId" = ${access.customer.id}::uuid`;
  return row?.mark ?? "";
}

/**
 * The same of one connection: what is known of it, its last run, what changed about its role and what it is reminded of.
 * @throws AppError `not-found`, also for someone else's
 */
export async function markOfConnection(access: CustomerAccess, connectionId: string): Promise<string> {
  const id = connectionIdFrom(connectionId);
  const [row] = await db.$queryRaw<Marked[]>`
    SELECT concat_ws('.', extract(epoch FROM c."updatedAt"),
      (SELECT concat(v."id", v."state") FROM "Verification" v
        WHERE v."connectionId" = c."id" AND v."customerId" = c."customerId" ORDER BY v."startedAt" DESC, v."id" DESC LIMIT 1),
      (SELECT extract(epoch FROM e."lastAskedAt") FROM "EndedAccess" e WHERE e."connectionId" = c."id" AND e."customerId" = c."customerId"),
      (SELECT count(*) FROM "Reminder" r WHERE r."connectionId" = c."id" AND r."customerId" = c."customerId" AND r."endedAt" IS NULL),
      (SELECT count(*) FROM "Drift" d WHERE d."connectionId" = c."id" AND d."customerId" = c."customerId" AND d."endedAt" IS NULL)
    ) AS mark
    FROM "Connection" c WHERE c."id" = ${id}::uuid AND c."customerId" = ${access.customer.id}::uuid`;
  if (!row) throw notFound("connection");
  return row.mark;
}
