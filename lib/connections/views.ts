import "server-only";
import { CHECK_IDS } from "@/lib/crossaccount";
import type { CheckResult, Connection, ConnectionStatusChange, Verification } from "@/lib/generated/prisma/client";
import { decryptDetail } from "./check-detail";
import { asSetupPermissions } from "./report-facts";
import type { CheckView, ConnectionDetail, ConnectionSummary, VerificationView } from "./schema";
import { readExternalId, readRoleArn } from "./secrets";
import { nextStepOf } from "./state";

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
  setupPermissions: true,
  launchedAt: true,
  roleArnDigest: true,
  provenAt: true,
  createdAt: true,
  statusChangedAt: true,
  lastVerifiedAt: true,
  customer: { select: { reference: true, name: true } },
} as const;

type SummaryRow = WithCustomer<Pick<Connection, Exclude<keyof typeof summaryColumns, "customer">>>;

export function summaryOf(row: SummaryRow): ConnectionSummary {
  const { id, customerId, name, status, partition, region, accountId, createdAt, statusChangedAt, lastVerifiedAt } =
    row;
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
    setupPermissions,
    nextStep: nextStepOf({ ...row, setupPermissions, roleNamed: row.roleArnDigest !== null }),
    createdAt,
    statusChangedAt,
    lastVerifiedAt,
  };
}

type DetailRow = WithCustomer<Connection> & { statusChanges: ConnectionStatusChange[] };

/** Everything about a connection but its external ID, which staff have no need to see. */
export async function detailWithoutExternalId(row: DetailRow): Promise<Omit<ConnectionDetail, "externalId">> {
  return {
    ...summaryOf(row),
    roleArn: await readRoleArn(row),
    roleName: row.roleName,
    stackName: row.stackName,
    launchedAt: row.launchedAt,
    provenAt: row.provenAt,
    setupGoneAt: row.setupGoneAt,
    history: row.statusChanges.map(({ from, to, cause, at }) => ({ from, to, cause, at })),
  };
}

export async function detailOf(row: DetailRow): Promise<ConnectionDetail> {
  return { ...(await detailWithoutExternalId(row)), externalId: await readExternalId(row) };
}

export async function verificationView(
  verification: Verification & { checks: CheckResult[]; connection: Connection },
  now: Date,
): Promise<VerificationView> {
  const { connection } = verification;
  const stale = verification.state === "running" && verification.deadlineAt < now;
  const state = stale ? "abandoned" : verification.state;
  // A check that was under way when the run was abandoned has no result to show.
  const shown = verification.checks.filter(({ finishedAt }) => state === "running" || finishedAt !== null);
  const checks = await Promise.all(
    shown.toSorted((one, other) => one.position - other.position).map((check) => checkView(check, connection)),
  );
  return {
    id: verification.id,
    connectionId: connection.id,
    state,
    outcome: outcomeOf(verification.outcome),
    waitingFor: stale ? null : verification.waitingFor,
    startedAt: verification.startedAt.toISOString(),
    finishedAt: verification.finishedAt?.toISOString() ?? null,
    checks: checks.filter((check) => check !== null),
    connectionStatus: connection.status,
  };
}

/** Null for a check of a newer version, which a roll-back leaves behind: only that version can tell it. */
async function checkView(check: CheckResult, { id, customerId }: Connection): Promise<CheckView | null> {
  const known = CHECK_IDS.find((one) => one === check.checkId);
  if (!known) return null;
  const owner = { customerId, connectionId: id };
  const detail = check.detailCiphertext && (await decryptDetail(check.detailCiphertext, owner));
  return {
    id: known,
    status: check.status as CheckView["status"],
    title: detail?.title ?? check.checkId,
    evidence: detail?.evidence ?? [],
    cause: detail?.cause,
    confidence: detail?.confidence,
    remedy: detail?.remedy,
  };
}

function outcomeOf(text: string | null): VerificationView["outcome"] {
  return text === "proven" || text === "insecure" || text === "failed" || text === "inconclusive" ? text : null;
}
