import "server-only";
import { asSetupPermissions, sightOfRow } from "@/lib/connection-status/facts";
import { isUnreadable } from "@/lib/crossaccount/status";
import { readExternalIdInUse, readRoleArn } from "@/lib/crossaccount-client/secrets";
import type { Connection } from "@/lib/generated/prisma/client";
import { exitsOf } from "./exit-views";
import type { ConnectionDetail, ConnectionSummary } from "./schema";
import { nextStepOf } from "./wizard";

type WithCustomer<Row> = Row & { customer: { reference: string; name: string } };

/** Columns that a list needs: no ciphertext leaves the database for it. */
export const summaryColumns = {
  id: true,
  customerId: true,
  name: true,
  status: true,
  partition: true,
  region: true,
  accountId: true,
  accountProposedAt: true,
  setupPermissions: true,
  launchedAt: true,
  roleArnDigest: true,
  provenAt: true,
  createdAt: true,
  statusChangedAt: true,
  lastVerifiedAt: true,
  customer: { select: { reference: true, name: true } },
} as const;

export type SummaryRow = WithCustomer<Pick<Connection, Exclude<keyof typeof summaryColumns, "customer">>>;

export function summaryOf(row: SummaryRow): ConnectionSummary {
  const { id, customerId, name, status, partition, region, accountId, accountProposedAt } = row;
  const { createdAt, statusChangedAt, lastVerifiedAt } = row;
  const setupPermissions = asSetupPermissions(row.setupPermissions);
  return {
    id,
    customerId,
    customer: row.customer.reference,
    name,
    status,
    partition,
    region,
    accountId,
    accountProposedAt,
    setupPermissions,
    nextStep: nextStepOf({ ...row, setupPermissions, roleNamed: row.roleArnDigest !== null }),
    createdAt,
    statusChangedAt,
    lastVerifiedAt,
  };
}

type DetailRow = WithCustomer<Connection>;

/** Everything about a connection but its external ID, which staff have no need to see. */
export async function detailWithoutExternalId(
  row: DetailRow,
  reader: "customer" | "staff",
): Promise<Omit<ConnectionDetail, "externalId">> {
  return {
    ...summaryOf(row),
    roleArn: await readRoleArn(row),
    roleName: row.roleName,
    features: row.features,
    stackName: row.stackName,
    launchedAt: row.launchedAt,
    provenAt: row.provenAt,
    setupGoneAt: row.setupGoneAt,
    trustHidden: isUnreadable(sightOfRow(row)),
    isRotating: row.nextExternalIdDigest !== null && row.status !== "disconnected",
    ...(await exitsOf(row, reader)),
  };
}

export async function detailOf(row: DetailRow): Promise<ConnectionDetail> {
  return { ...(await detailWithoutExternalId(row, "customer")), externalId: await readExternalIdInUse(row) };
}
