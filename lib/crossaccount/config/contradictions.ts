import { type Partition, partitionFacts } from "../aws/partition";
import type { Permission } from "../grants/permission";
import { selfReadStatements } from "../grants/self-read";
import { textValues } from "../grants/values";
import { deniesWholly } from "../policy/denial";
import { conditionBlock, type PolicyStatement } from "../policy/document";

/** A permission that denies all that another one, or the template itself, allows. */
export interface Contradiction {
  /** Index into the permissions. */
  readonly index: number;
  readonly actionIndex: number;
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
  const conditions = conditionBlock(permission.condition);
  return permission.actions.flatMap((action, actionIndex) => {
    const by = permission.resources.map((resource) =>
      denies.find((deny) => deniesWholly(deny, { action, resource, conditions })),
    );
    if (by.includes(undefined)) return [];
    const names = [...new Set(by.map((deny) => `"${deny?.policy}"`))].join(" and ");
    return [
      { index, actionIndex, message: `is denied everywhere by ${names}, so it grants nothing; remove one of them` },
    ];
  });
}

/** IAM's calls are made in one Region of a partition, whatever Region the rest is in. */
function blinds(permission: Permission, index: number, partitions: readonly Partition[]): Contradiction[] {
  const reads = partitions.flatMap((partition) =>
    selfReadStatements("/", textValues({ partition: "aws", accountId: "*", roleName: "*" })).flatMap((own) =>
      own.Action.flatMap((action) =>
        own.Resource.map((resource) => ({
          action,
          resource,
          conditions: { StringEquals: { "aws:RequestedRegion": [partitionFacts[partition].defaultRegion] } },
        })),
      ),
    ),
  );
  return permission.actions.flatMap((action, actionIndex) => {
    const deny = { ...asStatement(permission), actions: { patterns: [action], excluded: false } };
    if (!reads.some((read) => deniesWholly(deny, read))) return [];
    return [
      {
        index,
        actionIndex,
        message: "would keep the role from reading itself, without which nothing can be verified; except IAM from it",
      },
    ];
  });
}

function asStatement({ sid, effect, actions, resources, condition }: Permission): PolicyStatement {
  return {
    policy: sid,
    effect,
    actions: { patterns: actions, excluded: false },
    resources: { patterns: resources, excluded: false },
    conditions: conditionBlock(condition),
  };
}
