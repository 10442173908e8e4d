import { changeOf, desiredProperties, resourcesOf } from "./apply-resource";
import type { Blueprint } from "./blueprint";
import { liveResources, type StackRecord } from "./state";

/** What a deployment would do to one resource. */
export interface PlannedChange {
  action: "Add" | "Modify" | "Remove";
  logicalId: string;
  physicalId?: string;
  type: string;
  replacement?: "True" | "False" | "Conditional";
}

export function planChanges(stack: StackRecord, blueprint: Blueprint): PlannedChange[] {
  const present = liveResources(stack);
  const kept = blueprint.order.flatMap((logicalId) => {
    const change = planChange(stack, blueprint, logicalId);
    return change ? [change] : [];
  });
  const removed = present
    .filter(({ logicalId }) => !blueprint.order.includes(logicalId))
    .map(({ logicalId, physicalId, type }): PlannedChange => ({ action: "Remove", logicalId, physicalId, type }));
  return [...kept, ...removed];
}

function planChange(stack: StackRecord, blueprint: Blueprint, logicalId: string): PlannedChange | undefined {
  const declaration = blueprint.template.resources.get(logicalId);
  if (!declaration) return undefined;
  const { type } = declaration;
  const present = liveResources(stack).find((resource) => resource.logicalId === logicalId);
  if (!present) return { action: "Add", logicalId, type };
  const modify = { action: "Modify", logicalId, physicalId: present.physicalId, type } as const;
  try {
    const change = changeOf(present, desiredProperties(declaration, blueprint.scope(resourcesOf(stack))));
    if (change === "none") return undefined;
    return { ...modify, replacement: change === "replacement" ? "True" : "False" };
  } catch {
    // Properties that depend on a resource which is yet to be made.
    return { ...modify, replacement: "Conditional" };
  }
}
