import type { Diagnosis } from "../../diagnosis";
import { covers, type Grant, overlaps } from "../../policy/coverage";
import { type Conditions, type PolicyStatement, patternList } from "../../policy/document";
import type { ExpectedPolicy } from "../../template";
import type { RolePolicies } from "./role-policies";

/** A statement that the template puts on the role, every value resolved for this one role. */
export interface ExpectedStatement {
  /** Name of the policy that the template puts it in. */
  policy: string;
  /** Id of the feature that it comes with. */
  feature?: string;
  sid: string;
  effect: "Allow" | "Deny";
  /** Patterns; one text where the statement says what it leaves out. */
  actions: readonly string[];
  resources: readonly string[];
  notActions?: readonly string[];
  notResources?: readonly string[];
  condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function expectedStatements(policies: readonly ExpectedPolicy[]): ExpectedStatement[] {
  return policies.flatMap(({ name, feature, document }) =>
    document.Statement.map((statement) => ({
      policy: name,
      feature,
      sid: statement.Sid,
      effect: statement.Effect,
      actions: statement.Action ?? [allBut(statement.NotAction)],
      resources: statement.Resource ?? [allBut(statement.NotResource)],
      notActions: statement.NotAction,
      notResources: statement.NotResource,
      condition: statement.Condition,
    })),
  );
}

/** In words, for evidence. */
export function allBut(patterns: readonly string[] = []): string {
  return `* except ${patterns.join(", ")}`;
}

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
 * Compares what the template grants with what is attached. An unreadable boundary counts as none, and a Deny of the template's
 * own takes nothing away that it meant to give.
 */
export function findGaps(
  expected: readonly ExpectedStatement[],
  policies: RolePolicies,
  isOwnDeny: (found: PolicyStatement) => boolean,
): PermissionGap[] {
  const denies = policies.statements.filter(
    (found) => found.effect === "Deny" && !isRevocation(found) && !isOwnDeny(found),
  );
  return expected.flatMap((statement) => {
    const gaps = statement.actions.flatMap((action) => {
      const gap = gapOf(statement, action, policies, denies);
      return gap ? [{ action, ...gap }] : [];
    });
    return group(statement, gaps);
  });
}

export function grantsOf(statement: ExpectedStatement): Grant[] {
  return statement.actions.flatMap((action) => grantsOfAction(statement, action));
}

/** The expected statement in the shape of one that a role has. */
export function asStatement(statement: ExpectedStatement): PolicyStatement {
  return {
    policy: statement.policy,
    effect: statement.effect,
    actions: patternList(statement.actions, statement.notActions),
    resources: patternList(statement.resources, statement.notResources),
    conditions: toConditions(statement.condition),
  };
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
  if (boundary && boundary !== "unknown" && !withinBoundary(boundary.statements, grants, unconditional)) {
    return { reason: "bounded", policy: boundary.name };
  }
  const partial = denies.find((deny) => grants.some((grant) => overlaps(deny, grant)));
  return partial ? { reason: "partly-denied", policy: partial.policy, policyArn: partial.policyArn } : null;
}

/**
 * What the console's "Revoke active sessions" attaches: it denies sessions that were issued before, and none that is made now
 * (IAM User Guide, id_roles_use_revoke-sessions).
 */
function isRevocation({ conditions }: PolicyStatement): boolean {
  const entries = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => `${operator} ${key}`.toLowerCase()),
  );
  return entries.length === 1 && entries[0] === "datelessthan aws:tokenissuetime";
}

function withinBoundary(statements: readonly PolicyStatement[], grants: Grant[], unconditional: Grant[]): boolean {
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const denies = statements.filter(({ effect }) => effect === "Deny");
  return (
    grants.every((grant) => allows.some((allow) => covers(allow, grant))) &&
    !denies.some((deny) => unconditional.some((grant) => covers(deny, grant)))
  );
}

export function grantsOfAction(statement: ExpectedStatement, action: string): Grant[] {
  const { resources, notActions, notResources } = statement;
  const conditions = toConditions(statement.condition);
  const wanted = notActions ? { except: notActions } : action;
  return (notResources ? [{ except: notResources }] : resources).map((resource) => ({
    action: wanted,
    resource,
    conditions,
  }));
}

function toConditions(condition: ExpectedStatement["condition"] = {}): Conditions {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [key, typeof values === "string" ? [values] : values]),
      ),
    ]),
  );
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
