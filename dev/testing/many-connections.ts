import { createHash } from "node:crypto";
import { config } from "@/lib/config";
import { roleArnFor } from "@/lib/crossaccount";
import { roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { db } from "@/lib/db";

/** Beginning with 1: which connection, and which role of an account of its own. */
export function connectionOf(number: number): string {
  const hex = createHash("md5").update(`connection ${number}`).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

export function roleOf(number: number): string {
  return roleArnFor(config, {
    partition: "aws",
    accountId: String(200_000_000_000 + number),
    roleName: `role-${number}`,
  });
}

const atOnce = 10_000;

/**
 * Fills the database with connections of 20 to a customer, made by PostgreSQL itself: only what lists, searches and audits look
 * at is as it would be. Every 100th is broken, as many are pending, the others active; account IDs are in no order, as AWS's.
 */
export async function manyConnections(count: number): Promise<void> {
  const customers = count / 20;
  await db.$executeRaw`
    INSERT INTO "Customer" ("id", "reference", "name")
    SELECT md5('customer ' || n)::uuid, 'tenant-' || n, 'Customer ' || n || ' Limited' FROM generate_series(1, ${customers}::int) n`;
  // Few enough at once for a slow machine.
  for (let from = 1; from <= count; from += atOnce)
    await db.$executeRaw`
    INSERT INTO "Connection" ("id", "customerId", "name", "status", "partition", "region", "accountId", "stackName", "roleName",
      "externalIdCiphertext", "externalIdDigest", "roleArnCiphertext", "roleArnDigest", "roleDigest", "provenAt", "setupPermissions",
      "templateVersion", "createdById", "createdAt", "updatedAt", "requestId")
    SELECT overlay(overlay(md5('connection ' || n) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid,
      md5('customer ' || (n % ${customers}::int) + 1)::uuid,
      (ARRAY['Production', 'Staging', 'Development', 'Warehouse'])[n % 4 + 1] || ' ' || n,
      (CASE WHEN n % 100 = 0 THEN 'broken' WHEN n % 100 = 50 THEN 'pending' ELSE 'active' END)::"ConnectionStatus",
      'aws', 'us-east-1', (200000000000 + n)::text, 'stack-' || n, 'role-' || n,
      decode(repeat(md5(n::text), 12), 'hex'), md5('external ' || n), decode(repeat(md5(n::text), 12), 'hex'),
      md5('arn ' || n), md5('role ' || n), CASE WHEN n % 100 <> 50 THEN now() END, 'gone', 'v1', 'someone',
      now() - ((n::bigint * 7919) % ${count}::int) * interval '1 minute', now(), md5('request ' || n)::uuid
    FROM generate_series(${from}::int, ${Math.min(count, from + atOnce - 1)}::int) n`;
  const named = Math.round(count * 0.77777);
  await db.connection.update({
    where: { id: connectionOf(named) },
    data: { roleDigest: roleDigest(digester, roleOf(named)) },
  });
  // As autovacuum does within the minute.
  await db.$executeRaw`VACUUM ANALYZE "Customer", "Connection", "ConnectionTally"`;
}
