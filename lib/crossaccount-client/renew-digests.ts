import "server-only";
import type { Digester } from "@/lib/crossaccount";
import type { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import { externalIdDigest, roleArnDigest } from "./digests";

interface RenewDependencies {
  database: PrismaClient;
  digester: Digester;
  readExternalId(connection: Row): Promise<string>;
  readNextExternalId(connection: Row): Promise<string | null>;
  readRoleArn(connection: Row): Promise<string | null>;
  onUnreadable(error: unknown, connectionId: string): void;
}

type Row = Prisma.ConnectionGetPayload<{ select: typeof columns }>;

const columns = {
  ...{ id: true, customerId: true, externalIdCiphertext: true, roleArnCiphertext: true },
  ...{ nextExternalIdCiphertext: true, externalIdDigest: true, nextExternalIdDigest: true, roleArnDigest: true },
} as const;
const rowsAtOnce = 200;
const rowsTried = 10;

/**
 * Makes the digests of connections again that were keyed by another AUTH_SECRET, by which no one would be found any more: neither
 * whose role one is nor whose external ID. Those of roles are left to `fillRoleDigests`. Whether the secret was changed is tried
 * with the oldest and the newest connections. Returns how many connections were behind.
 */
export async function renewDigests(dependencies: RenewDependencies): Promise<number> {
  const { database } = dependencies;
  if (!(await wasChanged(dependencies))) return 0;
  let renewed = 0;
  for (let after: string | undefined; ; ) {
    const rows: Row[] = await database.connection.findMany({
      where: { id: { gt: after } },
      select: columns,
      orderBy: { id: "asc" },
      take: rowsAtOnce,
    });
    for (const row of rows) if (await renew(dependencies, row)) renewed += 1;
    after = rows.at(-1)?.id;
    if (rows.length < rowsAtOnce) return renewed;
  }
}

async function wasChanged(dependencies: RenewDependencies): Promise<boolean> {
  const ends = await Promise.all(
    (["asc", "desc"] as const).map((createdAt) =>
      dependencies.database.connection.findMany({ select: columns, orderBy: { createdAt }, take: rowsTried }),
    ),
  );
  const behind = await Promise.all(ends.flat().map((row) => digestsOf(dependencies, row)));
  return behind.some((digests) => digests !== null);
}

/** Null where they are as they should be, or cannot be known. */
async function digestsOf(
  { digester, readExternalId, readNextExternalId, readRoleArn, onUnreadable }: RenewDependencies,
  row: Row,
): Promise<Pick<Row, "externalIdDigest" | "nextExternalIdDigest" | "roleArnDigest"> | null> {
  try {
    const digest = externalIdDigest(digester, await readExternalId(row));
    if (digest === row.externalIdDigest) return null;
    const [arn, next] = await Promise.all([readRoleArn(row), readNextExternalId(row)]);
    return {
      externalIdDigest: digest,
      nextExternalIdDigest: next && externalIdDigest(digester, next),
      roleArnDigest: arn && roleArnDigest(digester, row.customerId, arn),
    };
  } catch (error) {
    onUnreadable(error, row.id);
    return null;
  }
}

async function renew(dependencies: RenewDependencies, row: Row): Promise<boolean> {
  const digests = await digestsOf(dependencies, row);
  if (!digests) return false;
  const { id, customerId, roleArnDigest: former } = row;
  const write = (data: Partial<typeof digests>) =>
    dependencies.database.connection.updateMany({
      // Not where a role was named, or an external ID issued or retired, meanwhile; the next time finds it.
      where: {
        ...{ id, customerId, roleArnDigest: former },
        ...{ externalIdDigest: row.externalIdDigest, nextExternalIdDigest: row.nextExternalIdDigest },
      },
      data: { ...data, roleDigest: null },
    });
  try {
    await write(digests);
  } catch (error) {
    // The customer named the same role for another connection since, which keeps it.
    if (!isDuplicate(error)) throw error;
    const { externalIdDigest: current, nextExternalIdDigest: next } = digests;
    await write({ externalIdDigest: current, nextExternalIdDigest: next });
  }
  return true;
}
