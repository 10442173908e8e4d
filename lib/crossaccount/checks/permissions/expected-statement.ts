import type { Grant } from "../../policy/coverage";
import { type Conditions, type PolicyStatement, patternList } from "../../policy/document";
import type { ExpectedPolicy } from "../../template";

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

export function expectedStatements(
  policies: readonly Pick<ExpectedPolicy, "name" | "feature" | "document">[],
): ExpectedStatement[] {
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
