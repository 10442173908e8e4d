import "server-only";
import { verifiedAndNotEnded } from "@/lib/connection-status/conditions";
import { type ConnectionRegistry, type Digester, parseRoleArn, roleIdentity } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection, Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { externalIdDigest, roleDigest } from "./digests";

interface RegistryDependencies {
  database: PrismaClient;
  digester: Digester;
  externalIdPrefix: string;
  readRoleArn(connection: Connection): Promise<string | null>;
}

/** Whose role and whose external ID something is, over all customers, found by digests. */
export function createRegistry({
  database,
  digester,
  externalIdPrefix,
  readRoleArn,
}: RegistryDependencies): ConnectionRegistry {
  return {
    async isRoleTaken(roleArn, { connectionId }) {
      const role = parseRoleArn(roleArn);
      const digest = roleDigest(digester, roleArn);
      const rows = await database.connection.findMany({
        where: {
          ...verifiedByOthers(connectionId),
          // Rows that a version without digests wrote, until the worker filled them in: as few as an account has.
          OR: [{ roleDigest: digest }, { accountId: role.accountId, roleDigest: null }],
        },
      });
      if (rows.some((row) => row.roleDigest === digest)) return true;
      const arns = await Promise.all(rows.map(readRoleArn));
      return arns.some((arn) => arn !== null && roleIdentity(parseRoleArn(arn)) === roleIdentity(role));
    },

    async issuedToOthers(externalIds, { connectionId }) {
      const spellings = new Map(
        externalIds.flatMap((id) =>
          spellingsOf(id, externalIdPrefix).map((issued) => [externalIdDigest(digester, issued), id] as const),
        ),
      );
      const digests = [...spellings.keys()];
      const found = await database.connection.findMany({
        where: {
          // The next one of a rotation is issued as well as the current one.
          OR: [{ externalIdDigest: { in: digests } }, { nextExternalIdDigest: { in: digests } }],
          id: { not: connectionId },
          status: { not: "disconnected" },
        },
        select: { externalIdDigest: true, nextExternalIdDigest: true },
      });
      return found.flatMap((row) =>
        [row.externalIdDigest, row.nextExternalIdDigest].flatMap((digest) => spellings.get(digest ?? "") ?? []),
      );
    },
  };
}

/** The connection other than this one that verified the role and is not disconnected. */
export function findOwner(
  database: Database,
  digest: string,
  connectionId: string,
): Promise<Pick<Connection, "id" | "customerId"> | null> {
  return database.connection.findFirst({
    where: { roleDigest: digest, ...verifiedByOthers(connectionId) },
    select: { id: true, customerId: true },
  });
}

function verifiedByOthers(connectionId: string): Prisma.ConnectionWhereInput {
  return { id: { not: connectionId }, ...verifiedAndNotEnded };
}

/** An operator that ignores case lets an issued ID in by any spelling; ours have lower-case digits behind the prefix. */
function spellingsOf(id: string, prefix: string): string[] {
  const digits = id.slice(-32).toLowerCase();
  return [...new Set([id, id.toLowerCase(), `${prefix}-${digits}`])];
}
