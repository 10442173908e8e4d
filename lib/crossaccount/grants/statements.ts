import { rolePath } from "../aws/role-arn";
import type { GrantPart } from "./parts";
import type { BoundaryStatement, ManagedPolicyGrant, PolicyCondition, RoleDeclaration } from "./permission";
import type { PolicyStatement, StatementCondition, TrustPolicyDocument } from "./policy-types";
import { selfReadStatements } from "./self-read";
import type { StackValues } from "./values";

/**
 * Statements of a part of the grants. Those of the role itself begin with the template's own, so that the role can be read whatever
 * follows; those of setup that allow something end by themselves at `SetupExpiresAt`.
 */
export function partStatements<T>(
  config: RoleDeclaration,
  { phase, feature, permissions }: GrantPart,
  values: StackValues<T>,
): PolicyStatement<T | string>[] {
  const declared = permissions.map((permission) => {
    const built = declaredStatement(permission, values);
    const ends = phase === "setup" && permission.effect === "Allow";
    return ends ? { ...built, Condition: expiring(built.Condition, values) } : built;
  });
  const isFirst = phase === "ongoing" && feature === undefined;
  return isFirst ? [...selfReadStatements(rolePath(config), values), ...declared] : declared;
}

/** The policy by AWS in the partition of the stack. */
export function managedPolicyArn<T>({ arn }: Pick<ManagedPolicyGrant, "arn">, values: StackValues<T>): T | string {
  return inPartition(arn, values);
}

export function trustPolicy<T>(config: RoleDeclaration, values: StackValues<T>): TrustPolicyDocument<T> {
  // The account's root plus aws:PrincipalArn survives the vendor recreating its role; naming the role as principal does
  // not, because IAM then stores the role's unique ID (IAM User Guide, reference_policies_elements_principal).
  const pinned = config.trustedPrincipalArns.length > 0;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrustVendorWithExternalId",
        Effect: "Allow",
        Principal: { AWS: values.join(["arn:", values.partition, ":iam::", values.vendorAccountId, ":root"]) },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "sts:ExternalId": values.externalId },
          ...(pinned && { ArnEquals: { "aws:PrincipalArn": values.trustedPrincipalArns } }),
        },
      },
    ],
  };
}

export function declaredStatement<T>(
  permission: BoundaryStatement,
  values: StackValues<T>,
): PolicyStatement<T | string> {
  const { actions, notActions, resources, notResources } = permission;
  const placed = (list: readonly string[] = []) => list.map((resource) => inPartition(resource, values));
  return {
    Sid: permission.sid,
    Effect: permission.effect,
    ...(notActions ? { NotAction: notActions } : { Action: actions ?? [] }),
    ...(notResources ? { NotResource: placed(notResources) } : { Resource: placed(resources) }),
    ...(permission.condition && { Condition: condition(permission.condition, values) }),
  };
}

function condition<T>(block: PolicyCondition, values: StackValues<T>): StatementCondition<T | string> {
  const value = (text: string) => inPartition(text, values);
  return mapValues(block, (keys) =>
    mapValues(keys, (texts) => (typeof texts === "string" ? value(texts) : texts.map(value))),
  );
}

function expiring<T>(
  block: StatementCondition<T | string> = {},
  values: StackValues<T>,
): StatementCondition<T | string> {
  return { ...block, DateLessThan: { ...block.DateLessThan, "aws:CurrentTime": values.setupExpiresAt } };
}

/** `arn:aws:…` with the partition of the stack. */
function inPartition<T>(text: string, values: StackValues<T>): T | string {
  return text.startsWith("arn:aws:") ? values.join(["arn:", values.partition, text.slice("arn:aws".length)]) : text;
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, map: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
