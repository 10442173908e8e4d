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
import { encryptor } from "@/lib/crossaccount-client/encryption";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { keepReceipt, subjectOf } from "@/lib/receipts/keep-receipt";
import { type SetupReceipt, setupReceiptSchema } from "./schema";

/**
 * Writes the dated proof that setup permissions are gone, when a report is the first to show it. The whole text is kept, so that
 * neither later verifications nor their retention change it.
 */
export async function writeSetupReceipt(
  database: Database,
  connection: Connection,
  report: VerificationReport,
): Promise<void> {
  if (connection.setupGoneAt !== null || report.setupPermissions !== "gone") return;
  await keepReceipt(database, encryptor, connection, {
    kind: "setup",
    at: new Date(report.finishedAt),
    document: z.encode(setupReceiptSchema, await receiptOf(connection, report)),
  });
}

async function receiptOf(connection: Connection, report: VerificationReport): Promise<SetupReceipt> {
  const { role, ...subject } = await subjectOf(encryptor, connection);
  const partition = connection.partition as Partition;
  const features = report.features ?? connection.features;
  const isOfSetup = ({ phase, feature }: { phase: string; feature?: string }) =>
    phase === "setup" && (feature === undefined || features.includes(feature));
  return {
    statement: "The role below was verified to have no setup permissions left.",
    proven_at: new Date(report.finishedAt),
    ...subject,
    aws: { ...role, account_id: role.account_id ?? report.accountId ?? null, role_id: report.roleId ?? null },
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
      .map((check) => showRoleArnIn(check, role.role_arn))
      .map(({ id, status, title, evidence }) => ({
        id,
        status,
        title,
        evidence: evidence.map(({ label, value }) => ({ label, value })),
      })),
  };
}
