import { type Partition, partitionFacts } from "../aws/partition";
import type { Permission } from "../grants/permission";
import { selfReadStatements } from "../grants/self-read";
import { textValues } from "../grants/values";
import { unitsOf } from "../policy/coverage";
import { deniesWholly } from "../policy/denial";
import { conditionBlock, type PatternList, type PolicyStatement, patternList } from "../policy/document";
import { type ActionPlace, scopeLists } from "../policy/scope";

/** A permission that denies all that another one, or the template itself, allows. */
export interface Contradiction {
  /** Index into the permissions. */
  readonly index: number;
  readonly place: ActionPlace;
  /** What is wrong with the action. */
  readonly message: string;
}

/**
 * Where Deny statements leave nothing of an action that is allowed: a mistake, for it can only ever be refused. A Deny that takes
 * away a part, or only at times, is a guardrail and meant.
 */
export function contradictions(
  permissions: readonly Permission[],
  partitions: readonly Partition[],
): readonly Contradiction[] {
  const denies = permissions.filter(({ effect }) => effect === "Deny").map(asStatement);
  const allowed = permissions.flatMap((permission, index) =>
    permission.effect === "Allow" ? emptied(permission, index, denies) : [],
  );
  const blinding = permissions.flatMap((permission, index) =>
    permission.effect === "Deny" ? blinds(permission, index, partitions) : [],
  );
  return [...allowed, ...blinding];
}

function emptied(permission: Permission, index: number, denies: readonly PolicyStatement[]): Contradiction[] {
  const { actions, resources, conditions } = asStatement(permission);
  return unitsOf(actions).flatMap((action, actionIndex) => {
    const by = unitsOf(resources).map((resource) =>
      denies.find((deny) => deniesWholly(deny, { action, resource, conditions })),
    );
    if (by.includes(undefined)) return [];
    const names = [...new Set(by.map((deny) => `"${deny?.policy}"`))].join(" and ");
    const message = `is denied everywhere by ${names}, so it grants nothing; remove one of them`;
    return [{ index, place: placeOf(actions, actionIndex), message }];
  });
}

/** IAM's calls are made in one Region of a partition, whatever Region the rest is in. */
function blinds(permission: Permission, index: number, partitions: readonly Partition[]): Contradiction[] {
  const reads = partitions.flatMap((partition) => {
    const conditions = { StringEquals: { "aws:RequestedRegion": [partitionFacts[partition].defaultRegion] } };
    return selfReadStatements("/", textValues({ partition: "aws", accountId: "*", roleName: "*" })).flatMap(
      ({ Action = [], Resource = [] }) =>
        Action.flatMap((action) => Resource.map((resource) => ({ action, resource, conditions }))),
    );
  });
  const deny = asStatement(permission);
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

function asStatement(permission: Permission): PolicyStatement {
  const { sid, effect, condition } = permission;
  return { policy: sid, effect, ...scopeLists(permission), conditions: conditionBlock(condition) };
}
