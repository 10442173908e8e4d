import type { Principal } from "../service";
import type { PrincipalMatcher } from "./document";

/**
 * How a resource policy names the caller: as everyone, as itself (user or role session), through its role, or only
 * through its account, which leaves the decision to that account's identity policies.
 */
export type Naming = "everyone" | "itself" | "role" | "account";

export interface NamedPrincipal {
  caller: Principal;
  /** Unique IDs that the named ARNs had when the policy was stored; an ARN without one matches by its text. */
  principalIds?: Record<string, string>;
}

export function naming(matcher: PrincipalMatcher, named: NamedPrincipal): Naming | undefined {
  const { negated, principals } = matcher;
  const names = namesOf(principals, named);
  if (negated) return names.some((name) => name !== undefined) ? undefined : "everyone";
  return (["everyone", "itself", "role", "account"] as const).find((kind) => names.includes(kind));
}

/**
 * Whether a Deny reaches the caller. NotPrincipal spares only somebody who is listed with the account, and for a role
 * session with both the role and the session.
 */
export function isDenied({ negated, principals }: PrincipalMatcher, named: NamedPrincipal): boolean {
  const names = namesOf(principals, named);
  if (!negated) return names.some((name) => name !== undefined);
  if (names.includes("everyone")) return false;
  if (named.caller.kind === "web-identity") return !names.includes("itself");
  const needed: Naming[] = named.caller.kind === "assumed-role" ? ["account", "role", "itself"] : ["account", "itself"];
  return !needed.every((name) => names.includes(name));
}

/** The providers of web identities stand apart from AWS's own principals; `"Principal": "*"` is both. */
function namesOf({ AWS = [], Federated = [] }: PrincipalMatcher["principals"], named: NamedPrincipal) {
  const { kind, provider } = named.caller;
  if (kind !== "web-identity") return AWS.map((name) => nameOf(name, named));
  return [
    ...AWS.map((name): Naming | undefined => (name === "*" ? "everyone" : undefined)),
    ...Federated.map((name): Naming | undefined => (name === provider ? "itself" : undefined)),
  ];
}

function nameOf(name: string, { caller, principalIds = {} }: NamedPrincipal): Naming | undefined {
  if (name === "*") return "everyone";
  if (caller.kind === "anonymous") return undefined;
  if (name === caller.accountId || name === `arn:${caller.partition}:iam::${caller.accountId}:root`) return "account";
  if (name === caller.arn && caller.kind === "assumed-role") return "itself";
  if (name !== caller.principalArn || !isSamePrincipal(principalIds[name], caller)) return undefined;
  return caller.kind === "user" ? "itself" : "role";
}

function isSamePrincipal(storedId: string | undefined, { kind, roleId, userId }: Principal): boolean {
  return storedId === undefined || storedId === (kind === "assumed-role" ? roleId : userId);
}
