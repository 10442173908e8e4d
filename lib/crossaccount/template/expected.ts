import type { Partition } from "../aws/partition";
import { type RoleArnParts, rolePath } from "../aws/role-arn";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import { type Boundary, boundaryOf, boundarySuffix } from "../grants/boundary";
import { defaultFeatures, isChosen } from "../grants/parts";
import type { PermissionPhase } from "../grants/permission";
import { type AttachedPolicy, attachedPolicies, phasePolicies } from "../grants/policies";
import type { PolicyDocument, TrustPolicyDocument } from "../grants/policy-types";
import { selfReadStatements } from "../grants/self-read";
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

export interface ExpectedBoundary {
  readonly name: string;
  readonly arn: string;
  /** Only AWS says what is in one of its own. */
  readonly document?: PolicyDocument;
}

export interface ExpectedPolicies {
  readonly ongoing: readonly ExpectedPolicy[];
  readonly setup: readonly ExpectedPolicy[];
  /** Policies by AWS that are attached. */
  readonly managed: readonly AttachedPolicy<string>[];
  /** Of a role whose stack names no other. */
  readonly boundary?: ExpectedBoundary;
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
  const own = boundaryOf(placed, values);
  const boundary = own && expectedBoundary(own, { ...role, path });
  const ofPhase =
    (wanted: PermissionPhase) =>
    ({ phase }: { phase: PermissionPhase }) =>
      phase === wanted;
  return {
    ongoing: all.filter(ofPhase("ongoing")),
    setup: all.filter(ofPhase("setup")),
    managed: attachedPolicies(config, values).filter(isGranted),
    ...(boundary && { boundary }),
  };
}

function expectedBoundary(
  boundary: Boundary<string>,
  { partition, accountId, path, roleName }: RoleArnParts,
): ExpectedBoundary {
  if ("arn" in boundary) return { arn: boundary.arn, name: boundary.arn.slice(boundary.arn.lastIndexOf("/") + 1) };
  const name = `${roleName}${boundarySuffix}`;
  return { name, arn: `arn:${partition}:iam::${accountId}:policy${path}${name}`, document: boundary.document };
}

/** What lets a role be verified and nothing else, for one that lacks it. */
export function expectedSelfRead(config: CrossAccountConfig, role: ExpectedRole): PolicyDocument {
  const statements = selfReadStatements(role.path ?? rolePath(config), textValues(role));
  return { Version: "2012-10-17", Statement: statements };
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
