import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { Actor } from "@/lib/crossaccount";
import { AppError } from "@/lib/errors";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { isVisible } from "@/lib/visible-text";
import { newApiKey } from "./key";
import { type ApiScope, apiScopes, isApiScope } from "./scopes";

const daysAtMost = 366;
const dayMs = 24 * 60 * 60 * 1_000;

export interface WantedApiKey {
  name: string;
  scopes: readonly string[];
  /** The vendor's reference of the one customer that it is for; without one, the key is for all of them. */
  customer?: string | undefined;
  days: number;
}

export interface CreatedApiKey {
  id: string;
  /** Told this once. */
  key: string;
  expiresAt: Date;
}

/** Makes a key for the vendor's own code; only its digest is kept. @throws AppError `invalid-input`, `not-found` */
export async function createApiKey(
  { database, actor }: { database: PrismaClient; actor: Actor },
  wanted: WantedApiKey,
  now: Date,
): Promise<CreatedApiKey> {
  const name = readName(wanted.name);
  const scopes = readScopes(wanted.scopes);
  const expiresAt = new Date(now.getTime() + readDays(wanted.days) * dayMs);
  const { key, prefix, digest } = newApiKey();
  const id = await database.$transaction(async (transaction) => {
    const customer =
      wanted.customer === undefined
        ? null
        : await transaction.customer.findUnique({ where: { reference: wanted.customer } });
    if (wanted.customer !== undefined && !customer) {
      throw new AppError(
        "not-found",
        "There is no customer with this reference. Make the customer first, or leave the customer out for a key of the whole portal.",
      );
    }
    const customerId = customer?.id ?? null;
    const made = await transaction.apiKey.create({
      data: {
        ...{ name, prefix, digest, scopes, customerId, createdAt: now, expiresAt },
        ...{ createdByType: actor.type, createdById: actor.id },
      },
    });
    await recordActivity(transaction, {
      ...{ actor, action: "api-key.created", ...(customerId !== null && { customerId }) },
      detail: { apiKeyId: made.id, name, scopes: scopes.join(" ") },
    });
    return made.id;
  });
  return { id, key, expiresAt };
}

function readName(text: string): string {
  const name = text.trim();
  if (name.length <= 80 && isVisible(name) && !/\p{C}/u.test(name)) return name;
  throw invalid("name", "Give the key a name of 80 characters at most, such as the service that will use it.");
}

function readScopes(given: readonly string[]): ApiScope[] {
  const unknown = given.filter((scope) => !isApiScope(scope));
  const known = [...new Set(given.filter(isApiScope))];
  if (unknown.length === 0 && known.length > 0) return known;
  const what = unknown.length > 0 ? `There is no scope ${unknown.join(", ")}.` : "Name at least one scope.";
  throw invalid("scopes", `${what} Scopes are ${Object.keys(apiScopes).join(", ")}.`);
}

function readDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= daysAtMost) return days;
  throw invalid("expires", `A key lives for 1 to ${daysAtMost} days: write a whole number of them, such as 30d.`);
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { fields: { [field]: message } });
}
