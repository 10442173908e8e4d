import { z } from "zod";
import { comparableEmail } from "@/lib/email";
import type { Env } from "@/lib/env";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { isVisible } from "@/lib/visible-text";
import { claimAt, kindOf } from "./claim-at";
import { SignInFault } from "./sign-in-fault";

export type ClaimSettings = Pick<Env, "CUSTOMER_CLAIM" | "OIDC_GROUPS_CLAIM" | "OIDC_TRUST_EMAIL">;

/** What the identity provider says about a person, from the ID token and the userinfo endpoint. */
export interface PersonClaims {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  /** The e-mail where the provider says nothing of its verification and the operator trusts it all the same. Never makes staff. */
  trustedEmail: string | null;
  name: string | null;
  groups: string[];
  customers: ClaimedCustomer[];
}

/** Of which kind the claims are, and what of them could not be read; for the log, so without their values. */
export interface FoundClaims {
  email: string;
  emailVerified: string;
  groups: string;
  groupsLeftOut: number;
  /** Entra names no groups of someone who has very many, and says where to ask for them. */
  groupsElsewhere: boolean;
  customers: string;
  customersLeftOut: number;
}

interface ClaimedCustomer {
  reference: string;
  role: CustomerRole;
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const keepable = (text: string) => !/[\0\p{Cs}]/u.test(text);

/** People choose their names themselves: without what the database cannot keep, and signs that turn the order of others' text; none that nobody sees. */
const name = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "").trim())
  .transform((text) => (isVisible(text) ? text : null))
  .nullish()
  .catch(null);

const identifier = z.string().min(1).max(2_000).refine(keepable);

const schema = z.looseObject({
  // `accountId` puts issuer and subject into one text with a blank between them.
  iss: identifier.regex(/^\S+$/),
  sub: identifier,
  name,
  preferred_username: name,
});

/** The e-mail of one answer of the provider in its comparable form, or null. */
export function claimedEmail(answer: Record<string, unknown>): string | null {
  return typeof answer.email === "string" ? comparableEmail(answer.email) : null;
}

/** @throws SignInFault `unreadable-person` when the provider named no issuer or subject that can be kept */
export function claimsOfSomebody(profile: unknown): z.output<typeof schema> {
  const parsed = schema.safeParse(profile);
  if (!parsed.success) throw new SignInFault("unreadable-person", { cause: parsed.error });
  return parsed.data;
}

/** @throws SignInFault `unreadable-person` */
export function readClaims(profile: unknown, settings: ClaimSettings): { claims: PersonClaims; found: FoundClaims } {
  const said = claimsOfSomebody(profile);
  const email = claimedEmail(said);
  const verified = said.email_verified;
  const groups = claimAt(said, settings.OIDC_GROUPS_CLAIM);
  const readGroups = textsOf(groups, keepableGroup, mostGroups);
  const customers = settings.CUSTOMER_CLAIM === undefined ? undefined : claimAt(said, settings.CUSTOMER_CLAIM);
  const readCustomers = textsOf(customers, (entry) => customerOf(entry) !== null, mostCustomers);
  return {
    claims: {
      issuer: said.iss,
      subject: said.sub,
      email,
      // Some providers send the text "true"; nothing else counts as verified.
      emailVerified: email !== null && (verified === true || verified === "true"),
      trustedEmail: settings.OIDC_TRUST_EMAIL && verified === undefined ? email : null,
      name: said.name ?? said.preferred_username ?? null,
      groups: readGroups.texts,
      customers: claimedCustomers(readCustomers.texts),
    },
    found: {
      email:
        said.email !== undefined && email === null ? `${kindOf(said.email)} that is no address` : kindOf(said.email),
      emailVerified: typeof verified === "boolean" ? String(verified) : kindOf(verified),
      groups: kindOf(groups),
      groupsLeftOut: readGroups.leftOut,
      groupsElsewhere: groups === undefined && namesGroupsElsewhere(said),
      customers: kindOf(customers),
      customersLeftOut: readCustomers.leftOut,
    },
  };
}

const mostGroups = 10_000;
const mostCustomers = 1_000;
const keepableGroup = (group: string) => group.length <= 1_000 && keepable(group);

/** A list of texts, or the one text that some providers send in place of a list of one. */
function textsOf(claim: unknown, isFine: (text: string) => boolean, most: number) {
  if (claim === undefined || claim === null) return { texts: [], leftOut: 0 };
  const entries: unknown[] = Array.isArray(claim) ? claim : [claim];
  const texts = entries
    .filter((entry) => typeof entry === "string")
    .filter(isFine)
    .slice(0, most);
  return { texts, leftOut: entries.length - texts.length };
}

/** @see {@link https://learn.microsoft.com/en-us/security/zero-trust/develop/configure-tokens-group-claims-app-roles#group-overages} */
function namesGroupsElsewhere(claims: Record<string, unknown>): boolean {
  return claimAt(claims._claim_names, "groups") !== undefined || claims.hasgroups === true;
}

/** A customer's reference is part of addresses, so it is kept to characters that need no thought there. */
const referencePattern = /^(?!\.{1,2}$)[\w.@~+=-]{1,200}$/;

/** Keycloak writes a group with its whole path, `/acme`; a group within a group is no customer's reference. */
function customerOf(entry: string): ClaimedCustomer | null {
  const [, reference = "", role] = /^\/?(.*?)(?::(admin|viewer))?$/.exec(entry.trim()) ?? [];
  return referencePattern.test(reference) ? { reference, role: role === "viewer" ? "viewer" : "admin" } : null;
}

function claimedCustomers(entries: readonly string[]): ClaimedCustomer[] {
  const roles = new Map<string, CustomerRole>();
  for (const claimed of entries.map(customerOf))
    if (claimed && roles.get(claimed.reference) !== "admin") roles.set(claimed.reference, claimed.role);
  return [...roles].map(([reference, role]) => ({ reference, role }));
}
