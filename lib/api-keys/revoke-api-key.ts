import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { Actor } from "@/lib/crossaccount";
import { notFound } from "@/lib/errors";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { idFrom } from "@/lib/tenancy/id-from";

/** Makes a key worthless, in every process within a second. One that was revoked before is not found. @throws AppError `not-found` */
export async function revokeApiKey(
  { database, actor }: { database: PrismaClient; actor: Actor },
  named: string,
  now: Date,
): Promise<void> {
  const id = idFrom(named, "key");
  await database.$transaction(async (transaction) => {
    const [revoked] = await transaction.apiKey.updateManyAndReturn({
      where: { id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (!revoked) throw notFound("key");
    await recordActivity(transaction, {
      ...{ actor, action: "api-key.revoked", ...(revoked.customerId !== null && { customerId: revoked.customerId }) },
      detail: { apiKeyId: id, name: revoked.name },
    });
  });
}
