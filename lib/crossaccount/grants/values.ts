import type { Partition } from "../aws/partition";

/**
 * What a policy names that differs from stack to stack. The same builders make the template, where these are intrinsic
 * functions, and the policies that a correct stack ends up with, where they are text: the two cannot disagree.
 */
export interface StackValues<T> {
  readonly partition: T;
  readonly accountId: T;
  readonly roleName: T;
  readonly externalId: T;
  readonly vendorAccountId: T;
  readonly trustedPrincipalArns: T | readonly T[];
  readonly setupExpiresAt: T;
  join(parts: readonly (T | string)[]): T;
}

export interface StackFacts {
  readonly partition: Partition;
  readonly accountId: string;
  readonly roleName: string;
  readonly externalId?: string;
  readonly vendorAccountId?: string;
  readonly trustedPrincipalArns?: readonly string[];
  readonly setupExpiresAt?: string;
}

/** Past, so that a stack launched without the parameter grants no setup permissions. */
export const expiredSetup = "2000-01-01T00:00:00Z";

export function textValues(facts: StackFacts): StackValues<string> {
  return {
    externalId: "",
    vendorAccountId: "",
    trustedPrincipalArns: [],
    setupExpiresAt: expiredSetup,
    ...facts,
    join: (parts) => parts.join(""),
  };
}

/** The longest that a stack's values can be; a policy that fits with these fits everywhere. */
export const longestValues = textValues({
  partition: "aws-us-gov",
  accountId: "0".repeat(12),
  roleName: "r".repeat(64),
  externalId: "e".repeat(64),
  vendorAccountId: "0".repeat(12),
});
