import { createHash } from "node:crypto";
import type { Result } from "../checks/aws-reading";
import { policyName } from "../checks/permissions/managed-policy";
import type { RoleBoundary, RolePolicies } from "../checks/permissions/role-policies";
import { redact } from "../checks/redaction";
import type { RoleDetails } from "../checks/role-details";
import { isRecord, type PolicyStatement, readStatements } from "../policy/document";
import { isRevocationPolicy } from "../policy/revocation";
import { templateVersionOfRole } from "../template";
import type { RolePicture } from "../types";

interface Seen {
  roleId: string;
  roleArn: string;
  externalId: string;
  rotatedId?: string | undefined;
  details: Result<RoleDetails>;
  policies?: RolePolicies;
}

export function pictureOf({ roleId, roleArn, externalId, rotatedId, details, policies }: Seen): RolePicture {
  const hide = (text: string) => redact(text, { roleArn, externalId });
  const own = rotatedId === undefined ? [externalId] : [externalId, rotatedId];
  const show = (value: unknown) => hide(JSON.stringify(inOrder(value), null, 2));
  const { boundary } = policies ?? {};
  return {
    roleId,
    ...(details.ok && {
      trustPolicy: show((readStatements(details.value.trustPolicy) ?? []).map((one) => withoutIds(one, own))),
      maxSessionDuration: details.value.maxSessionDuration,
      templateVersion: templateVersionOfRole(details.value.description),
    }),
    ...(policies &&
      isComplete(policies) && {
        policies: [...documents(policies.statements, hide, show), ...policies.declared.map(byAws)].sort((one, other) =>
          one.name < other.name ? -1 : 1,
        ),
      }),
    ...(boundary === null && { boundary }),
    ...(boundary && boundary !== "unknown" && boundaryPicture(boundary, hide, show)),
  };
}

/**
 * A trust policy may list other connections' external IDs, or this one's in part or in another case. Of two that are this connection's,
 * while one is rotated, either is the same one, and both are one.
 */
function withoutIds(statement: Record<string, unknown>, own: readonly string[]): Record<string, unknown> {
  const [externalId] = own;
  const hidden = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const once = [...new Set(value.map(hidden))];
      return once.length === 1 && value.length > 1 && once[0] === externalId ? externalId : once;
    }
    if (own.some((id) => value === id)) return externalId;
    return `{another external ID ${createHash("sha256").update(String(value)).digest("hex").slice(0, 8)}}`;
  };
  const condition = mapMembers(statement.Condition, (keys, operator) =>
    /^null$/i.test(operator)
      ? keys
      : mapMembers(keys, (values, key) => (/^sts:externalid$/i.test(key) ? hidden(values) : values)),
  );
  return { ...statement, ...(statement.Condition !== undefined && { Condition: condition }) };
}

function mapMembers(value: unknown, map: (member: unknown, name: string) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]));
}

function isComplete({ unreadable }: RolePolicies): boolean {
  return unreadable.every(({ boundary }) => boundary);
}

function boundaryPicture(
  { name, arn, statements }: RoleBoundary,
  hide: (text: string) => string,
  show: (value: unknown) => string,
): Pick<RolePicture, "boundary"> {
  if (statements === "unread") return {};
  return {
    boundary: statements === "by-aws" ? byAws(arn) : { name: hide(name), document: show(statements.map(shown)) },
  };
}

function documents(
  statements: readonly PolicyStatement[],
  hide: (text: string) => string,
  show: (value: unknown) => string,
): { name: string; document: string }[] {
  const keyOf = ({ policy, policyArn }: PolicyStatement) => policyArn ?? policy;
  return (
    [...new Set(statements.map(keyOf))]
      .map((key) => statements.filter((statement) => keyOf(statement) === key))
      // To revoke sessions is the customer's right, and no change of what the role may do.
      .filter((own) => !isRevocationPolicy(own))
      .map((own) => ({ name: hide(own[0]?.policy ?? ""), document: show(own.map(shown)) }))
  );
}

/** By its ARN alone: what AWS changes in it is no change of the role. */
function byAws(arn: string): { name: string; document: string } {
  return { name: policyName(arn), document: JSON.stringify(arn) };
}

/** As IAM writes it. */
function shown({ effect, actions, resources, conditions }: PolicyStatement): object {
  return {
    Effect: effect,
    [actions.excluded ? "NotAction" : "Action"]: [...actions.patterns].sort(),
    [resources.excluded ? "NotResource" : "Resource"]: [...resources.patterns].sort(),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, inOrder(member)]),
  );
}
