import type { Diagnosis } from "../../diagnosis";
import { covers, overlaps } from "../../policy/coverage";
import type { PolicyStatement } from "../../policy/document";
import { revokedBefore } from "../../policy/revocation";
import { type ExpectedStatement, grantsOfAction } from "./expected-statement";
import { withinBoundary } from "./own-boundary";
import type { OwnLimits } from "./own-limits";
import type { RolePolicies } from "./role-policies";

/** Actions of one expected statement that the role cannot use, and why. */
export interface PermissionGap {
  statement: ExpectedStatement;
  actions: string[];
  /**
   * `organization`: a service control policy denies it. `doubted`: policies grant it and AWS's simulator does not. `refused`:
   * a real call was refused that policies grant.
   */
  reason: "missing" | "denied" | "partly-denied" | "bounded" | "organization" | "doubted" | "refused";
  /** Name of the policy that denies or bounds. */
  policy?: string;
  policyArn?: string;
  /** What a refused call points to. */
  diagnosis?: Diagnosis;
}

/**
 * Compares what the template grants with what is attached. An unreadable boundary counts as none, and the template's own limits take
 * nothing away that it meant to give.
 */
export function findGaps(
  expected: readonly ExpectedStatement[],
  policies: RolePolicies,
  own: OwnLimits,
): PermissionGap[] {
  const denies = policies.statements.filter(
    (found) => found.effect === "Deny" && revokedBefore(found) === null && !own.isOwnDeny(found),
  );
  return expected.flatMap((statement) => {
    const gaps = statement.actions.flatMap((action) => {
      const bounded = own.mayBound(statement, action) ? { ...policies, boundary: null } : policies;
      const gap = gapOf(statement, action, bounded, denies);
      return gap ? [{ action, ...gap }] : [];
    });
    return group(statement, gaps);
  });
}

type Gap = Pick<PermissionGap, "reason" | "policy" | "policyArn">;

function gapOf(
  statement: ExpectedStatement,
  action: string,
  { statements, boundary }: RolePolicies,
  denies: readonly PolicyStatement[],
): Gap | null {
  const grants = grantsOfAction(statement, action);
  const same = statements.filter(({ effect }) => effect === statement.effect);
  if (!grants.every((grant) => same.some((candidate) => covers(candidate, grant)))) return { reason: "missing" };
  if (statement.effect === "Deny") return null;

  // Without conditions on the grant's side, only a Deny without any covers it.
  const unconditional = grants.map((grant) => ({ ...grant, conditions: {} }));
  const full = denies.find((deny) => unconditional.some((grant) => covers(deny, grant)));
  if (full) return { reason: "denied", policy: full.policy, policyArn: full.policyArn };
  const bounds = boundary === null || boundary === "unknown" ? "unread" : boundary.statements;
  if (typeof bounds === "object" && !withinBoundary(bounds, grants, unconditional)) {
    return { reason: "bounded", policy: boundaryName(boundary) };
  }
  const partial = denies.find((deny) => grants.some((grant) => overlaps(deny, grant)));
  return partial ? { reason: "partly-denied", policy: partial.policy, policyArn: partial.policyArn } : null;
}

export function boundaryName(boundary: RolePolicies["boundary"]): string {
  return boundary === null || boundary === "unknown" ? "that could not be read" : boundary.name;
}

function group(statement: ExpectedStatement, gaps: readonly (Gap & { action: string })[]): PermissionGap[] {
  const groups = new Map<string, PermissionGap>();
  for (const { action, reason, policy, policyArn } of gaps) {
    const key = `${reason} ${policy ?? ""}`;
    const known = groups.get(key);
    if (known) known.actions.push(action);
    else groups.set(key, { statement, actions: [action], reason, policy, policyArn });
  }
  return [...groups.values()];
}

/** The statement to add, as IAM wants it, for the actions that are missing. */
export function statementJson({ statement, actions }: PermissionGap): string {
  const { sid, effect, notActions, resources, notResources, condition } = statement;
  const body = {
    Sid: sid,
    Effect: effect,
    ...(notActions ? { NotAction: notActions } : { Action: actions }),
    ...(notResources ? { NotResource: notResources } : { Resource: resources }),
  };
  return JSON.stringify(condition ? { ...body, Condition: condition } : body, null, 2);
}
