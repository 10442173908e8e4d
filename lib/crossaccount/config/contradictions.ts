import { type Partition, partitionFacts } from "../aws/partition";
import type { BoundaryStatement, Permission } from "../grants/permission";
import { selfReadStatements } from "../grants/self-read";
import { textValues } from "../grants/values";
import { type Grant, overlaps, unitsOf } from "../policy/coverage";
import { deniesWholly } from "../policy/denial";
import { conditionBlock, type PatternList, type PolicyStatement, patternList } from "../policy/document";
import { type ActionPlace, scopeLists } from "../policy/scope";

/** A statement that is of no use, or that takes away what the template itself needs. */
export interface Contradiction {
  /** Index into the statements. */
  readonly index: number;
  readonly place: ActionPlace;
  /** What is wrong with the action. */
  readonly message: string;
}

/**
 * Where Deny statements, or the boundary, leave nothing of an action that is allowed: a mistake, for it can only ever be refused. What
 * takes away a part, or only at times, is a guardrail and meant.
 */
export function contradictions(
  permissions: readonly Permission[],
  boundary: readonly BoundaryStatement[],
): readonly Contradiction[] {
  const denies = [...permissions, ...boundary].filter(({ effect }) => effect === "Deny").map(asStatement);
  const bounds = boundary.filter(({ effect }) => effect === "Allow").map(asStatement);
  return permissions.flatMap((permission, index) => {
    if (permission.effect === "Deny") return [];
    const { actions, resources, conditions } = asStatement(permission);
    return unitsOf(actions).flatMap((action, actionIndex) => {
      const grants = unitsOf(resources).map((resource) => ({ action, resource, conditions }));
      const message = emptied(grants, denies) ?? outside(grants, bounds);
      return message === undefined ? [] : [{ index, place: placeOf(actions, actionIndex), message }];
    });
  });
}

function emptied(grants: readonly Grant[], denies: readonly PolicyStatement[]): string | undefined {
  const by = grants.map((grant) => denies.find((deny) => deniesWholly(deny, grant)));
  if (by.includes(undefined)) return undefined;
  const names = [...new Set(by.map((deny) => `"${deny?.policy}"`))].join(" and ");
  return `is denied everywhere by ${names}, so it grants nothing; remove one of them`;
}

function outside(grants: readonly Grant[], bounds: readonly PolicyStatement[]): string | undefined {
  if (bounds.length === 0 || grants.some((grant) => bounds.some((bound) => overlaps(bound, grant)))) return undefined;
  return "lies outside role.boundary, so it grants nothing; add it there, or remove it here";
}

/** Deny statements by which the role could not be verified. */
export function blindings(
  statements: readonly BoundaryStatement[],
  partitions: readonly Partition[],
): readonly Contradiction[] {
  return statements.flatMap((statement, index) =>
    statement.effect === "Deny" ? blinds(statement, index, partitions) : [],
  );
}

/** IAM's calls are made in one Region of a partition, whatever Region the rest is in. */
function blinds(statement: BoundaryStatement, index: number, partitions: readonly Partition[]): Contradiction[] {
  const reads = partitions.flatMap((partition) => {
    const conditions = { StringEquals: { "aws:RequestedRegion": [partitionFacts[partition].defaultRegion] } };
    return selfReadStatements("/", textValues({ partition: "aws", accountId: "*", roleName: "*" })).flatMap(
      ({ Action = [], Resource = [] }) =>
        Action.flatMap((action) => Resource.map((resource) => ({ action, resource, conditions }))),
    );
  });
  const deny = asStatement(statement);
  const parts = deny.actions.excluded
    ? [deny.actions]
    : deny.actions.patterns.map((one) => patternList(one, undefined));
  return parts.flatMap((actions, actionIndex) => {
    if (!reads.some((read) => deniesWholly({ ...deny, actions }, read))) return [];
    const message =
      "would keep the role from reading itself, without which nothing can be verified; except IAM from it";
    return [{ index, place: placeOf(actions, actionIndex), message }];
  });
}

function placeOf({ excluded }: PatternList, index: number): ActionPlace {
  return excluded ? ["notActions"] : ["actions", index];
}

function asStatement(statement: BoundaryStatement): PolicyStatement {
  const { sid, effect, condition } = statement;
  return { policy: sid, effect, ...scopeLists(statement), conditions: conditionBlock(condition) };
}
