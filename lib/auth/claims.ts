import { z } from "zod";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { comparableEmail } from "@/lib/tenancy/email";

/** What the identity provider says about a person, from the ID token and the userinfo endpoint. */
export interface PersonClaims {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  groups: string[];
  customers: ClaimedCustomer[];
}

interface ClaimedCustomer {
  reference: string;
  role: CustomerRole;
}

const texts = z
  .union([z.string(), z.array(z.unknown())])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .transform((values) => values.filter((value) => typeof value === "string"))
  .catch([]);

/** People choose their names themselves: without what the database cannot keep, and signs that turn the order of others' text. */
const name = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "").trim() || null)
  .nullish()
  .catch(null);

export const emailClaim = z.string().min(3).max(320);

const schema = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().min(1),
  email: emailClaim.nullish().catch(null),
  email_verified: z.unknown().optional(),
  name,
  preferred_username: name,
  groups: texts,
});

/** A customer's reference is part of addresses, so it is kept to characters that need no thought there. */
const referencePattern = /^(?!\.{1,2}$)[\w.@~+=-]{1,200}$/;

/** @throws ZodError when the provider named no issuer or subject */
export function readClaims(profile: unknown, customerClaim: string | undefined): PersonClaims {
  const claims = schema.parse(profile);
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: claims.email ? comparableEmail(claims.email) : null,
    // Some providers send the text "true"; nothing else counts as verified.
    emailVerified: Boolean(claims.email) && (claims.email_verified === true || claims.email_verified === "true"),
    name: claims.name ?? claims.preferred_username ?? null,
    groups: claims.groups,
    customers: customerClaim ? claimedCustomers(claims[customerClaim]) : [],
  };
}

function claimedCustomers(claim: unknown): ClaimedCustomer[] {
  const roles = new Map<string, CustomerRole>();
  for (const entry of texts.parse(claim)) {
    const [, reference = "", role] = /^(.*?)(?::(admin|viewer))?$/.exec(entry.trim()) ?? [];
    if (!referencePattern.test(reference)) continue;
    const claimed = role === "viewer" ? "viewer" : "admin";
    if (roles.get(reference) !== "admin") roles.set(reference, claimed);
  }
  return [...roles].map(([reference, role]) => ({ reference, role }));
}
