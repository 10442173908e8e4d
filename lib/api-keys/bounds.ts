import { AppError } from "@/lib/errors";
import type { PersonalStaffAccess } from "@/lib/tenancy/access";
import { staffRoleCovers } from "@/lib/tenancy/staff";
import { isNetwork, isWithin } from "./networks";
import { daysOfIssuingAtMost, issuingScope } from "./state";

/** What a key is bound to besides its scopes. A key that gives credentials away is bound more closely. */

const networksAtMost = 50;

/** @throws AppError `invalid-input` */
export function requireNetworks(given: readonly string[]): string[] {
  const networks = [...new Set(given.map((network) => network.trim()))];
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined)
    throw invalid(
      "networks",
      `${wrong.slice(0, 64)} is no network. Write addresses and ranges such as 203.0.113.0/24.`,
    );
  if (networks.length > networksAtMost) throw invalid("networks", `Name ${networksAtMost} networks at most.`);
  return networks;
}

/**
 * One key that issues credentials of every customer is for a person of `security` to confirm; null where nothing is to be.
 * @throws AppError `not-allowed`
 */
export function requireConfirmation(
  { scopes, customer }: { scopes: readonly string[]; customer?: string | undefined },
  confirmedBy?: PersonalStaffAccess,
): PersonalStaffAccess | null {
  if (!scopes.includes(issuingScope) || customer !== undefined) return null;
  if (confirmedBy && staffRoleCovers(confirmedBy.role, "security")) return confirmedBy;
  throw new AppError(
    "not-allowed",
    "A key that issues credentials of every customer needs a person of security, who confirms it in the portal. Name the one customer that it is for, or leave out credentials:issue.",
  );
}

interface BoundKey {
  scopes: readonly string[];
  customer: unknown;
  confirmedById: string | null;
  networks: readonly string[];
  createdAt: Date;
  expiresAt: Date;
}

/** What was asked when the key was made, asked of its row. @throws AppError `not-allowed` */
export function requireBounded({ customer, confirmedById, createdAt, expiresAt }: BoundKey): void {
  const days = (expiresAt.getTime() - createdAt.getTime()) / (24 * 60 * 60 * 1_000);
  if ((customer !== null || confirmedById !== null) && days <= daysOfIssuingAtMost) return;
  throw new AppError(
    "not-allowed",
    `This API key issues no credentials: it lives for more than ${daysOfIssuingAtMost} days, or is for every customer and nobody of security confirmed that. Use another key.`,
  );
}

/** @throws AppError `address-not-allowed` */
export function requireNetwork({ networks }: BoundKey, from: string | null): void {
  if (networks.length === 0 || isWithin(networks, from)) return;
  throw new AppError(
    "address-not-allowed",
    `This API key is not to be used from ${from ?? "an address that is not known"}. Use it from one of its networks.`,
  );
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { fields: { [field]: message } });
}
