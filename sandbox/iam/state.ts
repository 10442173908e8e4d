import { AwsError, type RequestContext } from "../service";
import type { Store } from "../store";
import { type Clock, latest, propagated, replaced, type Versioned } from "../store/versioned";
import { awsManagedPolicy } from "./aws-managed-policies";
import type { InstanceProfile, ManagedPolicy, Role } from "./entities";
import type { GatheredUses } from "./last-used";

export interface IdentityProvider {
  /** The audiences of tokens that it is asked for. */
  clientIds: string[];
  createdAt: string;
}

export interface Account {
  /** By `nameKey`. */
  roles: Record<string, Versioned<Role>>;
  /** By `nameKey`. */
  policies: Record<string, Versioned<ManagedPolicy>>;
  /** By `nameKey`. */
  instanceProfiles: Record<string, InstanceProfile>;
  /** By role ID. */
  uses: Record<string, GatheredUses>;
  /** OpenID Connect providers by their issuer's host and path. */
  identityProviders: Record<string, IdentityProvider>;
}

interface IamState {
  /** By `<partition>/<account ID>`. */
  accounts: Record<string, Account>;
}

/** Names are unique without regard to case. The prefix keeps one like `constructor` from meaning something to JavaScript. */
export function nameKey(name: string): string {
  return `name:${name.toLowerCase()}`;
}

export function accountOf(store: Store, partition: string, accountId: string): Account {
  const { accounts } = store.slice<IamState>("iam", () => ({ accounts: {} }));
  const key = `${partition}/${accountId}`;
  accounts[key] ??= { roles: {}, policies: {}, instanceProfiles: {}, uses: {}, identityProviders: {} };
  // Not in what an earlier version of the sandbox wrote.
  accounts[key].uses ??= {};
  accounts[key].instanceProfiles ??= {};
  accounts[key].identityProviders ??= {};
  return accounts[key];
}

export function ownAccount(context: RequestContext): Account {
  return accountOf(context.store, context.partition, context.accountId);
}

export function findRole(account: Account, name: string): Role | undefined {
  return latest(account.roles[nameKey(name)]);
}

export function getRole(context: RequestContext, name: string): Role {
  const role = findRole(ownAccount(context), name);
  if (!role) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
  return role;
}

/** The role as authorisation sees it, which lags behind while a change propagates. */
export function propagatedRole(account: Account, name: string, clock: Clock): Role | undefined {
  return propagated(account.roles[nameKey(name)], clock);
}

export function saveRole(context: RequestContext, role: Role): void {
  writeRole(context, role.name, role);
}

export function removeRole(context: RequestContext, name: string): void {
  writeRole(context, name, null);
}

function writeRole(context: RequestContext, name: string, role: Role | null): void {
  const { roles } = ownAccount(context);
  const key = nameKey(name);
  roles[key] = replaced(roles[key], role, context);
}

export function findPolicy(store: Store, arn: string): ManagedPolicy | undefined {
  return awsManagedPolicy(arn) ?? latest(storedPolicy(store, arn));
}

export function getPolicy(context: RequestContext, arn: string): ManagedPolicy {
  const policy = findPolicy(context.store, arn);
  if (!policy) {
    throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  return policy;
}

export function propagatedPolicy(store: Store, arn: string, clock: Clock): ManagedPolicy | undefined {
  return awsManagedPolicy(arn) ?? propagated(storedPolicy(store, arn), clock);
}

export function savePolicy(context: RequestContext, policy: ManagedPolicy): void {
  writePolicy(context, policy.name, policy);
}

export function removePolicy(context: RequestContext, name: string): void {
  writePolicy(context, name, null);
}

function writePolicy(context: RequestContext, name: string, policy: ManagedPolicy | null): void {
  const { policies } = ownAccount(context);
  const key = nameKey(name);
  policies[key] = replaced(policies[key], policy, context);
}

function storedPolicy(store: Store, arn: string): Versioned<ManagedPolicy> | undefined {
  const [, partition, accountId, name] = /^arn:([\w-]+):iam::(\d{12}):policy\/(?:.+\/)?([^/]+)$/.exec(arn) ?? [];
  if (!partition || !accountId || !name) return undefined;
  const entity = accountOf(store, partition, accountId).policies[nameKey(name)];
  return entity?.versions.some((version) => version.value?.arn === arn) ? entity : undefined;
}

/** Whether the sandbox knows what a policy allows: of most of AWS's own it has the name alone. */
export function isOpaque({ versions }: ManagedPolicy): boolean {
  return versions.length === 0;
}

export function defaultDocument(policy: ManagedPolicy): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersionId);
  if (!version) throw unknownText(policy.arn);
  return version.document;
}

export function unknownText(arn: string): AwsError {
  return new AwsError("NotImplemented", `The sandbox does not know the text of the AWS-managed policy ${arn}`, 501);
}
