import "server-only";
import type { Digester } from "@/lib/crossaccount";
import type { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import { roleDigest } from "./digests";
import { findOwner } from "./registry";

interface FillDependencies {
  database: PrismaClient;
  digester: Digester;
  readRoleArn(connection: EarlierRow): Promise<string | null>;
  onUnreadable(error: unknown, connectionId: string): void;
}

type EarlierRow = Prisma.ConnectionGetPayload<{ select: typeof columns }>;

const columns = { id: true, customerId: true, externalIdCiphertext: true, roleArnCiphertext: true } as const;
const rowsAtOnce = 200;

/**
 * Gives connections that an earlier version stored the digest of their role, in the order in which they were verified.
 * One whose role another connection has goes without, which staff are told of; both are due for an audit at once, because a
 * role with two connections' external IDs is insecure. Returns how many those are.
 */
export async function fillRoleDigests(dependencies: FillDependencies, now: Date): Promise<{ shared: number }> {
  const { database } = dependencies;
  let shared = 0;
  for (let skip = 0; ; ) {
    const rows = await database.connection.findMany({
      where: { roleDigest: null, roleArnCiphertext: { not: null } },
      select: columns,
      orderBy: [{ provenAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
      take: rowsAtOnce,
      skip,
    });
    for (const row of rows) {
      const result = await fill(dependencies, row, now);
      if (result === "shared") shared += 1;
      if (result !== "filled") skip += 1;
    }
    if (rows.length < rowsAtOnce) return { shared };
  }
}

async function fill(
  { database, digester, readRoleArn, onUnreadable }: FillDependencies,
  row: EarlierRow,
  now: Date,
): Promise<"filled" | "shared" | "unreadable"> {
  const { id, customerId } = row;
  const digest = await readRoleArn(row)
    .then((arn) => arn && roleDigest(digester, arn))
    .catch((error: unknown) => {
      onUnreadable(error, id);
      return null;
    });
  if (!digest) return "unreadable";
  try {
    await database.connection.updateMany({ where: { id, customerId, roleDigest: null }, data: { roleDigest: digest } });
    return "filled";
  } catch (error) {
    // The database's own index on roles that were verified.
    if (!isDuplicate(error)) throw error;
    const owner = await findOwner(database, digest, id);
    const due = [id, ...(owner ? [owner.id] : [])];
    await database.auditSchedule.updateMany({
      where: { connectionId: { in: due }, nextAuditAt: { gt: now } },
      data: { nextAuditAt: now },
    });
    return "shared";
  }
}
