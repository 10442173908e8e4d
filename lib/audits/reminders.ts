import "server-only";
import { config } from "@/lib/config";
import { hasStatus } from "@/lib/connection-status/conditions";
import { templateVersion } from "@/lib/crossaccount";
import { usableStatuses } from "@/lib/crossaccount/status";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { Prisma } from "@/lib/generated/prisma/client";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import type { RotationPolicy } from "@/lib/verifications/rotation-policy";
import type { ReminderKind } from "./state";

type ReminderPolicy = Pick<AuditPolicy, "remindOfSetupAfterMs" | "remindOfWizardAfterMs"> &
  Partial<Pick<RotationPolicy, "remindAfterMs">>;

/** Which connections a person should be reminded of, and since when: the whole rule of each kind in its condition. */
function rules(policy: ReminderPolicy, now: Date): Record<ReminderKind, { since: Prisma.Sql; where: Prisma.Sql }> {
  const before = (milliseconds: number) => Prisma.sql`${new Date(now.getTime() - milliseconds)}::timestamptz`;
  const works = hasStatus("c", usableStatuses);
  const verified = (alias: "c" | "other") => {
    return Prisma.sql`${Prisma.raw(alias)}."provenAt" IS NOT NULL AND NOT (${hasStatus(alias, ["disconnected"])})`;
  };
  const issued = Prisma.sql`COALESCE((SELECT max(r."startedAt") FROM "Rotation" r WHERE r."connectionId" = c."id"
    AND r."customerId" = c."customerId" AND r."outcome" = 'completed'), c."createdAt")`;
  return {
    "setup-lingers": {
      since: Prisma.sql`"provenAt"`,
      where: Prisma.sql`${works} AND "setupPermissions" = 'present' AND "provenAt" < ${before(policy.remindOfSetupAfterMs)}`,
    },
    "wizard-unfinished": {
      since: Prisma.sql`"createdAt"`,
      where: Prisma.sql`${hasStatus("c", ["pending"])} AND "createdAt" < ${before(policy.remindOfWizardAfterMs)}`,
    },
    // The digest could not be kept beside the same one of another connection, which is in the same account.
    "role-shared": {
      since: Prisma.sql`"provenAt"`,
      where: Prisma.sql`${verified("c")} AND c."roleDigest" IS NULL AND c."roleArnCiphertext" IS NOT NULL AND EXISTS (
        SELECT FROM "Connection" other WHERE other."accountId" = c."accountId" AND other."id" <> c."id"
          AND other."roleDigest" IS NOT NULL AND ${verified("other")})`,
    },
    "account-shared": {
      since: Prisma.sql`"provenAt"`,
      where: Prisma.sql`${verified("c")} AND EXISTS (
        SELECT FROM "Connection" other WHERE other."accountId" = c."accountId"
          AND other."customerId" <> c."customerId" AND ${verified("other")}
          AND (other."provenAt", other."id") < (c."provenAt", c."id"))`,
    },
    "external-id-old": {
      since: issued,
      where:
        typeof policy.remindAfterMs === "number"
          ? Prisma.sql`${works} AND c."nextExternalIdDigest" IS NULL AND ${issued} < ${before(policy.remindAfterMs)}`
          : Prisma.sql`FALSE`,
    },
    "template-update": {
      since: Prisma.sql`${now}::timestamptz`,
      where: Prisma.sql`${works} AND "templateVersion" <> ${templateVersion(config)}`,
    },
  };
}

/** Opens the reminders that are due and ends those that are not any more. */
export async function updateReminders(database: PrismaClient, policy: ReminderPolicy, now: Date): Promise<void> {
  for (const [kind, { since, where }] of Object.entries(rules(policy, now))) {
    await database.$transaction([
      database.$executeRaw`
        UPDATE "Reminder" SET "endedAt" = ${now}::timestamptz WHERE "kind" = ${kind} AND "endedAt" IS NULL
          AND NOT EXISTS (SELECT FROM "Connection" c WHERE c."id" = "Reminder"."connectionId" AND ${where})`,
      database.$executeRaw`
        INSERT INTO "Reminder" ("id", "connectionId", "customerId", "kind", "since", "createdAt")
        SELECT gen_random_uuid(), "id", "customerId", ${kind}, ${since}, ${now}::timestamptz FROM "Connection" c WHERE ${where}
        ON CONFLICT DO NOTHING`,
    ]);
  }
}
