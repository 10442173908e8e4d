import { sameJson } from "../template/json";
import type { Scope } from "../template/scope";
import { changeOf, desiredProperties, resourcesOf } from "./apply-resource";
import type { Blueprint } from "./blueprint";
import { evaluateOutputs } from "./evaluate-outputs";
import { liveResources, type StackRecord, type Tag } from "./state";

/** Whether an update would change a resource, an output or the tags; if not, AWS refuses it. */
export function hasChanges(stack: StackRecord, blueprint: Blueprint, tags: Tag[]): boolean {
  const present = new Map(liveResources(stack).map((resource) => [resource.logicalId, resource]));
  const { order, template } = blueprint;
  if (order.length !== present.size || order.some((logicalId) => !present.has(logicalId))) return true;
  if (!sameJson(tags, stack.tags)) return true;
  const scope = blueprint.scope(resourcesOf(stack));
  try {
    return (
      order.some((logicalId) => {
        const resource = present.get(logicalId);
        const declaration = template.resources.get(logicalId);
        if (!resource || !declaration) return true;
        return (
          resource.deletionPolicy !== declaration.deletionPolicy ||
          changeOf(resource, desiredProperties(declaration, scope)) !== "none"
        );
      }) || outputsDiffer(stack, blueprint, scope)
    );
  } catch {
    // What cannot be evaluated is a change; the update itself will say what is wrong with it.
    return true;
  }
}

function outputsDiffer(stack: StackRecord, blueprint: Blueprint, scope: Scope): boolean {
  return !sameJson(evaluateOutputs(blueprint, scope), stack.outputs);
}
