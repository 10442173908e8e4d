import type { Store } from "../store";
import { type Clock, latest, propagated, replaced, type Versioned } from "../store/versioned";

/** What an organization imposes on one of its accounts; the policies are JSON text. */
export interface Membership {
  serviceControlPolicies: string[];
  resourceControlPolicies: string[];
  organizationId?: string;
}

interface State {
  /** By account ID, in every partition. */
  accounts: Record<string, Versioned<Membership>>;
}

function state(store: Store): State {
  return store.slice<State>("organization", () => ({ accounts: {} }));
}

/** Undefined for an account without an organization. */
export function membershipOf(store: Store, accountId: string): Membership | undefined {
  const { accounts } = state(store);
  return Object.hasOwn(accounts, accountId) ? latest(accounts[accountId]) : undefined;
}

/** The same as authorisation sees it, which lags behind while a change propagates. */
export function propagatedMembership(store: Store, accountId: string, clock: Clock): Membership | undefined {
  const { accounts } = state(store);
  return Object.hasOwn(accounts, accountId) ? propagated(accounts[accountId], clock) : undefined;
}

export function saveMembership(store: Store, accountId: string, membership: Membership | null, clock: Clock): void {
  const { accounts } = state(store);
  const before = Object.hasOwn(accounts, accountId) ? accounts[accountId] : undefined;
  accounts[accountId] = replaced(before, membership, clock);
}
