import type { Store } from "../store";
import type { Clock } from "../store/versioned";
import { membershipOf, saveMembership } from "./state";

/** An organization with all features: who is in it and where. */
export interface Organization {
  id: string;
  partition: string;
  managementAccountId: string;
  rootId: string;
  units: OrganizationalUnit[];
  accounts: MemberAccount[];
  /** Service principals that may act in the accounts. */
  trustedServices: { principal: string; since: number }[];
  invitations: { id: string; accountId: string; at: number; expires: number; state: "OPEN" | "ACCEPTED" }[];
}

export interface OrganizationalUnit {
  id: string;
  name: string;
  parentId: string;
}

export interface MemberAccount {
  id: string;
  name: string;
  email: string;
  parentId: string;
  /** Epoch milliseconds. */
  joined: number;
  how: "INVITED" | "CREATED";
  /** ID of the request that made it. */
  requestId?: string;
}

export function organizations(store: Store): Organization[] {
  return store.slice<{ list: Organization[] }>("organizations", () => ({ list: [] })).list;
}

/** The organization that an account is in. */
export function organizationOf(store: Store, accountId: string, partition: string): Organization | undefined {
  return organizations(store).find(
    (one) => one.partition === partition && one.accounts.some((account) => account.id === accountId),
  );
}

/** Takes an account in; from now on its principals and resources are of this organization. */
export function addAccount(organization: Organization, account: MemberAccount, store: Store, clock: Clock): void {
  organization.accounts.push(account);
  const before = membershipOf(store, account.id) ?? { serviceControlPolicies: [], resourceControlPolicies: [] };
  saveMembership(store, account.id, { ...before, organizationId: organization.id }, clock);
}

/** A root or unit and all that it lies in, itself first. */
export function ancestors({ units }: Pick<Organization, "units">, id: string): string[] {
  const unit = units.find((other) => other.id === id);
  return unit ? [id, ...ancestors({ units }, unit.parentId)] : [id];
}

/** Whether there is such a root or unit. */
export function isParent({ rootId, units }: Organization, id: string): boolean {
  return id === rootId || units.some((unit) => unit.id === id);
}
