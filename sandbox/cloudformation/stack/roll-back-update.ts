import type { JsonObject } from "../template/json";
import { updateResource } from "./apply-resource";
import { failedTo } from "./failed-to";
import { type Deployment, setResourceStatus, setStackStatus } from "./record-event";
import { removeResources } from "./remove-resources";
import type { ResourceRecord } from "./state";

/** One thing that an update did, or began, and how it was before. */
export type Step =
  | { kind: "created"; logicalId: string }
  | { kind: "updated" | "replaced"; before: ResourceRecord; wanted: JsonObject };

/** Undoes the steps of an update that failed, the last one first. */
export async function rollBackUpdate(deployment: Deployment, steps: Step[], fault: string): Promise<void> {
  const { stack } = deployment;
  setStackStatus(deployment, "UPDATE_ROLLBACK_IN_PROGRESS", fault);
  const surplus: ResourceRecord[] = [];
  const failed: string[] = [];
  for (const step of steps.toReversed()) {
    const logicalId = step.kind === "created" ? step.logicalId : step.before.logicalId;
    const resource = stack.resources.find((item) => item.logicalId === logicalId);
    if (!resource) continue;
    if (step.kind === "created") surplus.unshift(resource);
    else if (step.kind === "replaced") surplus.unshift(...takeBack(deployment, resource, step.before));
    else {
      const changed = structuredClone(resource);
      if (!(await changeBack(deployment, resource, step))) failed.push(logicalId);
      else if (changed.physicalId !== resource.physicalId) surplus.unshift(changed);
    }
  }
  if (failed.length > 0) {
    return setStackStatus(deployment, "UPDATE_ROLLBACK_FAILED", failedTo("update", failed));
  }
  setStackStatus(deployment, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
  await removeResources(deployment, surplus, () => false);
  stack.resources = stack.resources.filter((resource) => !surplus.includes(resource));
  setStackStatus(deployment, "UPDATE_ROLLBACK_COMPLETE");
}

/** Puts the former resource back; answers its replacement, if one had been made. */
function takeBack(deployment: Deployment, resource: ResourceRecord, before: ResourceRecord): ResourceRecord[] {
  const replacement = structuredClone(resource);
  Object.assign(resource, before);
  setResourceStatus(deployment, resource, "UPDATE_COMPLETE");
  return replacement.physicalId !== undefined && replacement.physicalId !== before.physicalId ? [replacement] : [];
}

async function changeBack(
  deployment: Deployment,
  resource: ResourceRecord,
  { before, wanted }: Extract<Step, { before: ResourceRecord }>,
): Promise<boolean> {
  try {
    // The update may have stopped half-way: what it wanted is the most that can be there.
    resource.properties = wanted;
    await updateResource(deployment, resource, before.properties);
    return true;
  } catch {
    return false;
  }
}
