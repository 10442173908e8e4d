import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { AppError, notFound } from "@/lib/errors";
import { idFrom } from "@/lib/tenancy/id-from";
import { type CreatedApiKey, insertApiKey, type MakingKeys, told } from "./create-api-key";
import { overlapHoursAtMost } from "./state";

const hourMs = 60 * 60 * 1_000;

export interface WantedRotation {
  apiKeyId: string;
  /** How long the new key lives. */
  days: number;
  /** For how long the old key works on; never longer than it would have. */
  overlapHours: number;
}

/**
 * Makes a key like another that works, which ends once its program has had the time to change over. What a person of `security` had to
 * confirm is to be confirmed again.
 * @throws AppError `not-found`, `conflict`, `invalid-input`, `not-allowed`
 */
export async function rotateApiKey(
  { database, actor, confirmedBy }: MakingKeys,
  { apiKeyId, days, overlapHours }: WantedRotation,
  now: Date,
): Promise<CreatedApiKey> {
  const id = idFrom(apiKeyId, "key");
  const end = new Date(now.getTime() + readOverlap(overlapHours) * hourMs);
  return database.$transaction(async (transaction) => {
    // Two rotations, or one and an end, come one after the other.
    await transaction.$queryRaw`SELECT FROM "ApiKey" WHERE "id" = ${id}::uuid FOR UPDATE`;
    const old = await transaction.apiKey.findUnique({
      where: { id },
      include: { customer: { select: { reference: true } }, replacedBy: { select: { id: true } } },
    });
    if (!old) throw notFound("key");
    if (old.revokedAt || old.expiresAt <= now) {
      throw new AppError("conflict", "This key has ended already. Make a new one for the program.");
    }
    if (old.replacedBy) {
      throw new AppError("conflict", "This key was rotated before. Rotate the key that replaces it.");
    }
    const { name, scopes, networks, customer, customerId } = old;
    const wanted = { name, scopes, networks, customer: customer?.reference, days };
    const made = await insertApiKey(transaction, { actor, confirmedBy, replacesId: id }, wanted, now);
    const expiresAt = end < old.expiresAt ? end : old.expiresAt;
    await transaction.apiKey.update({ where: { id }, data: { expiresAt } });
    await recordActivity(transaction, {
      ...{ actor, action: "api-key.rotated", ...(customerId !== null && { customerId }) },
      detail: { apiKeyId: id, name, replacedBy: made.id, endsAt: expiresAt.toISOString() },
    });
    return told(made);
  });
}

function readOverlap(hours: number): number {
  if (Number.isInteger(hours) && hours >= 0 && hours <= overlapHoursAtMost) return hours;
  const message = `The old key works on for 0 to ${overlapHoursAtMost} hours.`;
  throw new AppError("invalid-input", message, { fields: { overlapHours: message } });
}
