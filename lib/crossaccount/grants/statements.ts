import type { Permission, PolicyCondition, RoleDeclaration } from "./permission";
import type { PolicyStatement, StatementCondition, TrustPolicyDocument } from "./policy-types";
import { selfReadStatements } from "./self-read";
import type { StackValues } from "./values";

/** Statements of the ongoing phase: the template's own first, so that the role can be read whatever follows. */
export function ongoingStatements<T>(config: RoleDeclaration, values: StackValues<T>): PolicyStatement<T | string>[] {
  const own = selfReadStatements(config.serviceName, values);
  return [...own, ...config.ongoingPermissions.map((permission) => statement(permission, values))];
}

/** Statements of the setup phase; each that allows something ends by itself at `SetupExpiresAt`. */
export function setupStatements<T>(config: RoleDeclaration, values: StackValues<T>): PolicyStatement<T | string>[] {
  return config.setupPermissions.map((permission) => {
    const built = statement(permission, values);
    return permission.effect === "Allow" ? { ...built, Condition: expiring(built.Condition, values) } : built;
  });
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

function statement<T>(permission: Permission, values: StackValues<T>): PolicyStatement<T | string> {
  return {
    Sid: permission.sid,
    Effect: permission.effect,
    Action: permission.actions,
    Resource: permission.resources.map((resource) => inPartition(resource, values)),
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
