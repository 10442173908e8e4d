import type { Partition } from "../aws/partition";
import { rolePath } from "../aws/role-arn";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import { defaultFeatures, isChosen } from "../grants/parts";
import type { PermissionPhase } from "../grants/permission";
import { type AttachedPolicy, attachedPolicies, phasePolicies } from "../grants/policies";
import type { PolicyDocument, TrustPolicyDocument } from "../grants/policy-types";
import { trustPolicy } from "../grants/statements";
import { type StackFacts, textValues } from "../grants/values";

export interface ExpectedPolicy {
  readonly phase: PermissionPhase;
  readonly feature?: string;
  readonly name: string;
  /** An inline policy has none. */
  readonly arn?: string;
  readonly document: PolicyDocument;
}

export interface ExpectedPolicies {
  readonly ongoing: readonly ExpectedPolicy[];
  readonly setup: readonly ExpectedPolicy[];
  /** Policies by AWS that are attached. */
  readonly managed: readonly AttachedPolicy<string>[];
}

export interface ExpectedRole {
  readonly partition: Partition;
  readonly accountId: string;
  readonly roleName: string;
  /** Without it, setup statements carry the template's default, a time long past. */
  readonly setupExpiresAt?: string;
  /** Of a role that no stack made; the config's unless given. */
  readonly path?: string;
  /** Ids of those chosen; the config's defaults unless given. */
  readonly features?: readonly string[];
}

/** The policies that a correct stack makes and attaches, with nothing left to resolve. */
export function expectedPolicies(config: CrossAccountConfig, role: ExpectedRole): ExpectedPolicies {
  const isGranted = isChosen(role.features ?? defaultFeatures(config));
  const values = textValues(role);
  const path = role.path ?? rolePath(config);
  const placed = { ...config, role: { ...config.role, path } };
  const all = phasePolicies(placed, values)
    .filter(isGranted)
    .map(({ phase, feature, suffix, inline, document }): ExpectedPolicy => {
      const name = `${role.roleName}${suffix}`;
      const arn = `arn:${role.partition}:iam::${role.accountId}:policy${path}${name}`;
      return { phase, feature, name, ...(!inline && { arn }), document };
    });
  const ofPhase =
    (wanted: PermissionPhase) =>
    ({ phase }: { phase: PermissionPhase }) =>
      phase === wanted;
  return {
    ongoing: all.filter(ofPhase("ongoing")),
    setup: all.filter(ofPhase("setup")),
    managed: attachedPolicies(config, values).filter(isGranted),
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
