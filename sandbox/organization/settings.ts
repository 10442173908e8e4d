import { z } from "zod";
import { type DocumentKind, validatePolicy } from "../policy/validate";
import type { Store } from "../store";
import type { Clock } from "../store/versioned";
import { type Membership, membershipOf, saveMembership } from "./state";

/** A policy as JSON text, or as the object that the text would be of. */
const policies = z.array(z.union([z.string(), z.record(z.string(), z.unknown())]).transform(textOf)).max(100);

export const organizationSettings = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/),
  /** Absent leaves those that the account has; `[]` takes them away. */
  serviceControlPolicies: policies.optional(),
  resourceControlPolicies: policies.optional(),
  /** What `aws:PrincipalOrgID` and `aws:ResourceOrgID` say; null takes it away. */
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .nullable()
    .optional(),
});

export type OrganizationSettings = z.input<typeof organizationSettings>;

/** Changes what an organization imposes on an account; throws MalformedPolicyDocument for what is no such policy. */
export function setOrganization(
  settings: OrganizationSettings,
  { store, clock }: { store: Store; clock: Clock },
): void {
  const { accountId, organizationId, ...given } = organizationSettings.parse(settings);
  const before = membershipOf(store, accountId);
  const after: Membership = {
    serviceControlPolicies: given.serviceControlPolicies ?? before?.serviceControlPolicies ?? [],
    resourceControlPolicies: given.resourceControlPolicies ?? before?.resourceControlPolicies ?? [],
  };
  validateAll(after.serviceControlPolicies, "service-control");
  validateAll(after.resourceControlPolicies, "resource-control");
  const id = organizationId === undefined ? before?.organizationId : (organizationId ?? undefined);
  const member = after.serviceControlPolicies.length + after.resourceControlPolicies.length > 0 || id !== undefined;
  saveMembership(store, accountId, member ? { ...after, ...(id ? { organizationId: id } : {}) } : null, clock);
  store.changed();
}

function validateAll(documents: string[], kind: DocumentKind): void {
  for (const document of documents) validatePolicy(document, kind);
}

function textOf(policy: string | Record<string, unknown>): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
