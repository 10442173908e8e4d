import { coversAction, coversResource, unitsOf } from "../../policy/coverage";
import type { PatternList, PolicyStatement } from "../../policy/document";
import { allBut } from "./expected-statement";
import { groupPatterns, type PatternGroup } from "./pattern-groups";

export interface Beyond {
  actions: string[];
  resources: string[];
}

/** The statement's actions, and the resources they reach, that no candidate covers. Conditions are not compared. */
export function beyond(statement: PolicyStatement, candidates: readonly PolicyStatement[]): Beyond | null {
  if (statement.actions.excluded || statement.resources.excluded) return wholly(statement, candidates);
  const actions = groupPatterns(statement.actions.patterns, (action) =>
    candidates.map((candidate) => coversAction(candidate, action)),
  );
  const resources = groupPatterns(statement.resources.patterns, (resource) =>
    candidates.map((candidate) => coversResource(candidate, resource)),
  );
  const isCovered = (action: PatternGroup, resource: PatternGroup) =>
    candidates.some((_candidate, index) => action.meets[index] && resource.meets[index]);
  const patterns = (groups: readonly PatternGroup[]) => groups.flatMap((group) => group.patterns);
  const found = {
    actions: patterns(actions.filter((action) => !resources.every((resource) => isCovered(action, resource)))),
    resources: patterns(resources.filter((resource) => !actions.every((action) => isCovered(action, resource)))),
  };
  return found.actions.length > 0 ? found : null;
}

/** What says what it leaves out is agreed as a whole or not at all. */
function wholly({ actions, resources }: PolicyStatement, candidates: readonly PolicyStatement[]): Beyond | null {
  const isAgreed = unitsOf(actions).every((action) =>
    unitsOf(resources).every((resource) =>
      candidates.some((candidate) => coversAction(candidate, action) && coversResource(candidate, resource)),
    ),
  );
  const shown = ({ patterns, excluded }: PatternList) => (excluded ? [allBut(patterns)] : [...patterns]);
  return isAgreed ? null : { actions: shown(actions), resources: shown(resources) };
}
