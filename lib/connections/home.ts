import "server-only";
import { asSetupPermissions } from "@/lib/connection-status/facts";
import { type ConnectionStatus, connectionStatuses, customerStatuses } from "@/lib/crossaccount/status";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { type Trouble, troublesOf } from "@/lib/verifications/troubles";
import type { CustomerHome, HomeRow } from "./schema";
import { isTroubled, statusesByNeed } from "./state";
import { nextStepOf } from "./wizard";

export const homeRowsAtOnce = 50;

type Row = Pick<
  Connection,
  | "id"
  | "name"
  | "status"
  | "accountId"
  | "statusChangedAt"
  | "provenAt"
  | "launchedAt"
  | "roleArnDigest"
  | "accountProposedAt"
  | "heldByCustomerAt"
  | "accessGoneAt"
> & { setupPermissions: string; setupEndsAt: Date | null };

/** The customer's connections, those first that need something; `page` counts from 1. */
export async function customerHome(access: CustomerAccess, page = 1): Promise<CustomerHome> {
  const customerId = access.customer.id;
  const [rows, counts] = await Promise.all([
    rowsByNeed(customerId, (page - 1) * homeRowsAtOnce),
    countByStatus(customerId),
  ]);
  const troubled = rows.filter(({ status }) => isTroubled(status)).map(({ id }) => id);
  const troubles = await troublesOf(customerId, troubled);
  const [first] = rows;
  return {
    rows: rows.map((row) => homeRow(row, troubles.get(row.id))),
    total: counts.reduce((total, { count }) => total + count, 0),
    counts: inCustomersWords(counts),
    worst: page === 1 && first && isTroubled(first.status) ? worst(first, troubles.get(first.id)) : null,
  };
}

function rowsByNeed(customerId: string, offset: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT c."id", c."name", c."status", c."accountId", c."statusChangedAt", c."provenAt", c."launchedAt", c."roleArnDigest",
      c."setupPermissions", c."accountProposedAt", c."heldByCustomerAt", c."accessGoneAt",
      CASE WHEN c."status" IN ('setup', 'degraded') AND c."setupPermissions" = 'present' THEN (
        SELECT v."setupExpiresAt" FROM "Verification" v
        WHERE v."connectionId" = c."id" AND v."customerId" = c."customerId" AND v."state" = 'finished'
          AND v."outcome" = 'proven'
        ORDER BY v."startedAt" DESC LIMIT 1) END AS "setupEndsAt"
    FROM "Connection" c WHERE c."customerId" = ${customerId}::uuid
    ORDER BY array_position(${[...statusesByNeed]}, c."status"::text), c."createdAt" DESC, c."id" DESC
    LIMIT ${homeRowsAtOnce} OFFSET ${offset}`;
}

type StatusCount = { status: ConnectionStatus; count: number };

async function countByStatus(customerId: string): Promise<StatusCount[]> {
  const groups = await db.connection.groupBy({ by: ["status"], where: { customerId }, _count: true });
  return groups.map(({ status, _count }) => ({ status, count: _count }));
}

function inCustomersWords(counts: readonly StatusCount[]): CustomerHome["counts"] {
  const sums = { working: 0, blocked: 0, paused: 0, unfinished: 0, ended: 0 };
  for (const status of connectionStatuses)
    sums[customerStatuses[status]] += counts.find((one) => one.status === status)?.count ?? 0;
  return sums;
}

function homeRow(row: Row, trouble: Trouble | undefined): HomeRow {
  const { id, name, status, accountId, provenAt, setupEndsAt } = row;
  const hasRole = row.roleArnDigest !== null;
  const setupPermissions = asSetupPermissions(row.setupPermissions);
  return {
    ...{ id, name, status, accountId, provenAt, setupEndsAt, hasRole },
    toConfirm: row.accountProposedAt !== null,
    nextStep: nextStepOf({ ...row, setupPermissions, roleNamed: hasRole }),
    since: row.statusChangedAt,
    heldByCustomer: row.heldByCustomerAt !== null,
    accessGone: row.accessGoneAt !== null,
    trouble: trouble?.title ?? null,
  };
}

function worst({ id, name, status }: Row, trouble: Trouble | undefined): CustomerHome["worst"] {
  return { id, name, status, cause: trouble?.cause ?? null };
}
