import { actionsMatching } from "../actions/actions";
import type { KnownAction } from "../actions/read-table";
import { type PatternList, patternList } from "./document";
import { patternsOverlap } from "./pattern";

/** What a declared statement is about: the actions and resources that it names or, as in IAM, all but those. */
export interface StatementScope {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
}

export function scopeLists(scope: StatementScope): { actions: PatternList; resources: PatternList } {
  return {
    actions: patternList(scope.actions, scope.notActions),
    resources: patternList(scope.resources, scope.notResources),
  };
}

/** Where a pattern of the scope's actions stands in it, such as `["actions", 2]`; a list of what is left out counts as one. */
export type ActionPlace = readonly ["actions", number] | readonly ["notActions"];

/** The places that allow the action, which has no wildcard. */
export function placesAllowing({ actions = [], notActions }: StatementScope, name: string): ActionPlace[] {
  const matches = (pattern: string) => patternsOverlap(pattern.toLowerCase(), name.toLowerCase());
  if (notActions) return notActions.some(matches) ? [] : [["notActions"]];
  return actions.flatMap((pattern, index) => (matches(pattern) ? [["actions", index] as const] : []));
}

/** Patterns of what the scope may reach, taking all but some for all: what is left out is no protection of what is not. */
export function reachedResources({ resources, notResources }: StatementScope): readonly string[] {
  return notResources ? ["*"] : (resources ?? []);
}

/** The actions of AWS that the scope is about today. */
export function actionsOf(scope: StatementScope): readonly KnownAction[] {
  if (!scope.notActions) return (scope.actions ?? []).flatMap(actionsMatching);
  return actionsMatching("*").filter(({ name }) => placesAllowing(scope, name).length > 0);
}
