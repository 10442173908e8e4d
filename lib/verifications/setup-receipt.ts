import "server-only";
import { z } from "zod";
import { config } from "@/lib/config";
import {
  type Partition,
  reviewManagedPolicies,
  reviewPermissions,
  showRoleArnIn,
  type VerificationReport,
} from "@/lib/crossaccount";
import { seal, unseal } from "@/lib/crossaccount-client/seal";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { type Database, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { type SetupReceipt, setupReceiptSchema } from "./schema";

/**
 * Writes the dated proof that setup permissions are gone, when a report is the first to show it. The whole text is kept as
 * it was that day, encrypted, so that neither later verifications nor their retention change it.
 */
export async function writeSetupReceipt(
  database: Database,
  connection: Connection,
  report: VerificationReport,
): Promise<void> {
  if (connection.setupGoneAt !== null || report.setupPermissions !== "gone") return;
  const { id: connectionId, customerId } = connection;
  const text = JSON.stringify(z.encode(setupReceiptSchema, await receiptOf(connection, report)), null, 2);
  const ciphertext = await seal(text, { customerId, connectionId }, "setupReceipt");
  await database.setupReceipt.create({
    data: { connectionId, customerId, at: new Date(report.finishedAt), ciphertext },
  });
}

async function receiptOf(connection: Connection, report: VerificationReport): Promise<SetupReceipt> {
  const roleArn = (await readRoleArn(connection)) ?? "";
  const partition = connection.partition as Partition;
  const features = report.features ?? connection.features;
  const isOfSetup = ({ phase, feature }: { phase: string; feature?: string }) =>
    phase === "setup" && (feature === undefined || features.includes(feature));
  return {
    statement: "The role below was verified to have no setup permissions left.",
    proven_at: new Date(report.finishedAt),
    vendor: { service_name: config.serviceName, product_name: config.branding.productName },
    connection: { id: connection.id, name: connection.name },
    aws: {
      partition: connection.partition,
      account_id: connection.accountId ?? report.accountId ?? null,
      role_arn: roleArn,
      role_id: report.roleId ?? null,
    },
    setup_permissions: reviewPermissions(config)
      .filter(({ effect, ...granted }) => effect === "Allow" && isOfSetup(granted))
      .map(({ sid, actions, notActions }) => ({
        sid,
        actions: [...actions],
        ...(notActions && { not_actions: [...notActions] }),
      })),
    setup_policies_by_aws: reviewManagedPolicies(config, { partition })
      .filter(isOfSetup)
      .map(({ arn }) => arn),
    checks: report.checks
      .map((check) => showRoleArnIn(check, roleArn))
      .map(({ id, status, title, evidence }) => ({
        id,
        status,
        title,
        evidence: evidence.map(({ label, value }) => ({ label, value })),
      })),
  };
}

export interface SetupReceiptFile {
  fileName: string;
  /** JSON text, as it was written on the day. */
  text: string;
}

/** The latest receipt of a connection. @throws AppError `not-found` when nothing was proven gone yet, too */
export async function readSetupReceipt(access: CustomerAccess, connectionId: string): Promise<SetupReceiptFile> {
  const { id, customerId, accountId } = await findOwnConnection(access, connectionId);
  const receipt = await db.setupReceipt.findFirst({ where: { connectionId: id, customerId }, orderBy: { at: "desc" } });
  if (!receipt)
    throw new AppError("not-found", "There is no receipt yet: it is not verified that the setup permissions are gone.");
  const text = await unseal(receipt.ciphertext, { customerId, connectionId: id }, "setupReceipt");
  return { fileName: `setup-permissions-gone-${accountId}-${receipt.at.toISOString().slice(0, 10)}.json`, text };
}
