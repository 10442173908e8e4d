import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { Actor } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { ApiKey, PrismaClient } from "@/lib/generated/prisma/client";
import type { PersonalStaffAccess } from "@/lib/tenancy/access";
import { isVisible } from "@/lib/visible-text";
import { requireConfirmation, requireNetworks } from "./bounds";
import { newApiKey } from "./key";
import { type ApiScope, apiScopes, isApiScope } from "./scopes";
import { daysAllowed } from "./state";

const dayMs = 24 * 60 * 60 * 1_000;

export interface WantedApiKey {
  name: string;
  scopes: readonly string[];
  /** The vendor's reference of the one customer that it is for; without one, the key is for all of them. */
  customer?: string | undefined;
  days: number;
  /** Addresses and ranges that it may be used from; from anywhere unless given. */
  networks?: readonly string[] | undefined;
}

export interface MakingKeys {
  database: PrismaClient;
  actor: Actor;
  /** The person of `security` who confirmed that a key of all customers may issue credentials. */
  confirmedBy?: PersonalStaffAccess | undefined;
}

export interface CreatedApiKey {
  id: string;
  /** Told this once. */
  key: string;
  expiresAt: Date;
}

type InsertedApiKey = ApiKey & { key: string };

/**
 * Makes a key for the vendor's own code; only its digest is kept. One that issues credentials is bounded besides (bounds.ts).
 * @throws AppError `invalid-input`, `not-allowed`, `not-found`
 */
export async function createApiKey(
  { database, actor, confirmedBy }: MakingKeys,
  wanted: WantedApiKey,
  now: Date,
): Promise<CreatedApiKey> {
  return database.$transaction(async (transaction) => {
    const made = await insertApiKey(transaction, { actor, confirmedBy, replacesId: null }, wanted, now);
    await recordActivity(transaction, {
      ...{ actor, action: "api-key.created", ...(made.customerId !== null && { customerId: made.customerId }) },
      detail: {
        ...{ apiKeyId: made.id, name: made.name, scopes: made.scopes.join(" ") },
        ...(made.networks.length > 0 && { networks: made.networks.join(" ") }),
        ...(made.confirmedById !== null && { confirmedBy: made.confirmedById }),
      },
    });
    return told(made);
  });
}

/** What every key must be, however it comes about. @throws AppError `invalid-input`, `not-allowed`, `not-found` */
export async function insertApiKey(
  transaction: Database,
  { actor, confirmedBy, replacesId }: Omit<MakingKeys, "database"> & { replacesId: string | null },
  wanted: WantedApiKey,
  now: Date,
): Promise<InsertedApiKey> {
  const name = readName(wanted.name);
  const scopes = readScopes(wanted.scopes);
  const expiresAt = new Date(now.getTime() + readDays(wanted.days, daysAllowed(scopes)) * dayMs);
  const networks = requireNetworks(wanted.networks ?? []);
  const confirmed = requireConfirmation({ scopes, customer: wanted.customer }, confirmedBy);
  const customerId = wanted.customer === undefined ? null : await customerWith(transaction, wanted.customer);
  const { key, prefix, digest } = newApiKey();
  const row = await transaction.apiKey.create({
    data: {
      ...{ name, prefix, digest, scopes, networks, customerId, createdAt: now, expiresAt, replacesId },
      ...(confirmed && { confirmedById: confirmed.person.id, confirmedAt: now }),
      ...{ createdByType: actor.type, createdById: actor.id },
    },
  });
  return { ...row, key };
}

export function told({ id, key, expiresAt }: InsertedApiKey): CreatedApiKey {
  return { id, key, expiresAt };
}

async function customerWith(transaction: Database, reference: string): Promise<string> {
  const customer = await transaction.customer.findUnique({ where: { reference } });
  if (customer) return customer.id;
  const message =
    "There is no customer with this reference. Make the customer first, or leave the customer out for a key of the whole portal.";
  throw new AppError("not-found", message, { fields: { customer: message } });
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

function readDays(days: number, most: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= most) return days;
  throw invalid("expires", `A key lives for 1 to ${most} days: write a whole number of them, such as 30d.`);
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { fields: { [field]: message } });
}
