import "server-only";
import { config } from "@/lib/config";
import { templateVersion } from "@/lib/crossaccount";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { Prisma } from "@/lib/generated/prisma/client";
import type { AuditPolicy } from "./settings";
import type { ReminderKind } from "./state";

type ReminderPolicy = Pick<AuditPolicy, "remindOfSetupAfterMs" | "remindOfWizardAfterMs">;

/** Which connections a person should be reminded of, and since when: the whole rule of each kind in its condition. */
function rules(policy: ReminderPolicy, now: Date): Record<ReminderKind, { since: Prisma.Sql; where: Prisma.Sql }> {
  const before = (milliseconds: number) => Prisma.sql`${new Date(now.getTime() - milliseconds)}::timestamptz`;
  const works = Prisma.sql`"status" IN ('setup', 'active', 'degraded')`;
  return {
    "setup-lingers": {
      since: Prisma.sql`"provenAt"`,
      where: Prisma.sql`${works} AND "setupPermissions" = 'present' AND "provenAt" < ${before(policy.remindOfSetupAfterMs)}`,
    },
    "wizard-unfinished": {
      since: Prisma.sql`"createdAt"`,
      where: Prisma.sql`"status" = 'pending' AND "createdAt" < ${before(policy.remindOfWizardAfterMs)}`,
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
        SELECT gen_random_uuid(), "id", "customerId", ${kind}, ${since}, ${now}::timestamptz FROM "Connection" WHERE ${where}
        ON CONFLICT DO NOTHING`,
    ]);
  }
}
