import type { Template } from "../template/template";
import { changeOf, desiredProperties, replaceResource, resourcesOf, updateResource } from "./apply-resource";
import type { Blueprint } from "./blueprint";
import { failedTo } from "./failed-to";
import { addResource } from "./new-resource";
import { type Deployment, setResourceStatus, setStackStatus } from "./record-event";
import { removeResources } from "./remove-resources";
import { rollBackUpdate, type Step } from "./roll-back-update";
import { settleOutputs } from "./settle-outputs";
import { liveResources, type ResourceRecord, type StackRecord } from "./state";

/** Brings a stack to what the blueprint asks for; when a step fails, all that was changed is changed back. */
export async function updateStack(deployment: Deployment, blueprint: Blueprint): Promise<"updated" | "rolled back"> {
  const { stack, context } = deployment;
  stack.updatedAt = context.now().getTime();
  setStackStatus(deployment, "UPDATE_IN_PROGRESS", "User Initiated");
  const removed = liveResources(stack).filter(({ logicalId }) => !blueprint.order.includes(logicalId));
  const steps: Step[] = [];
  const fault = await changeAll(deployment, blueprint, steps);
  if (fault !== undefined) {
    await rollBackUpdate(deployment, steps, fault);
    return "rolled back";
  }
  setStackStatus(deployment, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
  stack.resources = inOrder(stack.resources, blueprint);
  await removeResources(deployment, removed, ({ deletionPolicy }) => deletionPolicy !== "Delete");
  const replaced = steps.flatMap((step) => (isReplaced(stack, step) ? [step.before] : []));
  await removeResources(deployment, replaced, ({ logicalId }) => retainsReplaced(blueprint.template, logicalId));
  stack.resources = stack.resources.filter(({ status }) => status !== "DELETE_COMPLETE" && status !== "DELETE_SKIPPED");
  setStackStatus(deployment, "UPDATE_COMPLETE");
  return "updated";
}

async function changeAll(deployment: Deployment, blueprint: Blueprint, steps: Step[]): Promise<string | undefined> {
  for (const logicalId of blueprint.order) {
    const fault = await changeOne(deployment, blueprint, logicalId, steps);
    if (fault !== undefined) return fault;
  }
  return settleOutputs(deployment, blueprint);
}

async function changeOne(
  deployment: Deployment,
  blueprint: Blueprint,
  logicalId: string,
  steps: Step[],
): Promise<string | undefined> {
  const { stack } = deployment;
  const declaration = blueprint.template.resources.get(logicalId);
  if (!declaration) return undefined;
  const scope = blueprint.scope(resourcesOf(stack));
  const present = liveResources(stack).find((resource) => resource.logicalId === logicalId);
  if (!present) {
    steps.push({ kind: "created", logicalId });
    try {
      await addResource(deployment, logicalId, declaration, scope);
      return undefined;
    } catch {
      return failedTo("create", [logicalId]);
    }
  }
  try {
    const properties = desiredProperties(declaration, scope);
    present.deletionPolicy = declaration.deletionPolicy;
    await change(deployment, present, properties, steps);
    return undefined;
  } catch (error) {
    if (!present.status.endsWith("_FAILED")) {
      setResourceStatus(deployment, present, "UPDATE_FAILED", (error as Error).message);
    }
    return failedTo("update", [logicalId]);
  }
}

async function change(
  deployment: Deployment,
  resource: ResourceRecord,
  properties: ResourceRecord["properties"],
  steps: Step[],
): Promise<void> {
  const kind = changeOf(resource, properties);
  if (kind === "none") return;
  const before = structuredClone(resource);
  steps.push({ kind: kind === "replacement" ? "replaced" : "updated", before, wanted: properties });
  if (kind === "replacement") await replaceResource(deployment, resource, properties);
  else await updateResource(deployment, resource, properties);
}

/** A custom resource's provider says by a new ID that the old one is to be deleted. */
function isReplaced({ resources }: StackRecord, step: Step): step is Extract<Step, { before: ResourceRecord }> {
  if (step.kind !== "updated") return step.kind === "replaced";
  const { logicalId, physicalId } = step.before;
  return resources.find((resource) => resource.logicalId === logicalId)?.physicalId !== physicalId;
}

function inOrder(resources: ResourceRecord[], { order }: Blueprint): ResourceRecord[] {
  return resources.toSorted((a, b) => order.indexOf(a.logicalId) - order.indexOf(b.logicalId));
}

function retainsReplaced(template: Template, logicalId: string): boolean {
  return template.resources.get(logicalId)?.updateReplacePolicy === "Retain";
}
