import type { Partition } from "../aws/partition";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import type { PermissionPhase } from "../grants/permission";
import { phasePolicies } from "../grants/policies";
import type { PolicyDocument, TrustPolicyDocument } from "../grants/policy-types";
import { trustPolicy } from "../grants/statements";
import { type StackFacts, textValues } from "../grants/values";

export interface ExpectedPolicy {
  readonly phase: PermissionPhase;
  readonly name: string;
  readonly arn: string;
  readonly document: PolicyDocument;
}

export interface ExpectedPolicies {
  readonly ongoing: readonly ExpectedPolicy[];
  readonly setup: readonly ExpectedPolicy[];
}

export interface ExpectedRole {
  readonly partition: Partition;
  readonly accountId: string;
  readonly roleName: string;
  /** Without it, setup statements carry the template's default, a time long past. */
  readonly setupExpiresAt?: string;
}

/** The managed policies that a correct stack makes, with nothing left to resolve. */
export function expectedPolicies(config: CrossAccountConfig, role: ExpectedRole): ExpectedPolicies {
  const all = phasePolicies(config, textValues(role)).map(({ phase, suffix, document }): ExpectedPolicy => {
    const name = `${role.roleName}${suffix}`;
    return {
      phase,
      name,
      arn: `arn:${role.partition}:iam::${role.accountId}:policy/${config.serviceName}/${name}`,
      document,
    };
  });
  return {
    ongoing: all.filter(({ phase }) => phase === "ongoing"),
    setup: all.filter(({ phase }) => phase === "setup"),
  };
}

/** The trust policy that a correct stack gives to the role. */
export function expectedTrustPolicy(
  config: CrossAccountConfig,
  connection: { readonly partition: Partition; readonly externalId: string },
): TrustPolicyDocument {
  const { serviceAccountId, trustedPrincipalArns } = partitionSettings(config, connection.partition);
  const facts: StackFacts = {
    ...connection,
    accountId: "",
    roleName: "",
    vendorAccountId: serviceAccountId,
    trustedPrincipalArns,
  };
  return trustPolicy(config, textValues(facts));
}
