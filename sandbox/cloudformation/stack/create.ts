import { resourcesOf } from "./apply-resource";
import type { Blueprint } from "./blueprint";
import { deleteStack } from "./delete";
import { failedTo } from "./failed-to";
import { addResource } from "./new-resource";
import { type Deployment, setStackStatus } from "./record-event";
import { removeResources } from "./remove-resources";
import { settleOutputs } from "./settle-outputs";
import { liveResources } from "./state";

export type OnFailure = "ROLLBACK" | "DO_NOTHING" | "DELETE";

/** Makes all of a new stack's resources, or none of them. */
export async function createStack(deployment: Deployment, blueprint: Blueprint, onFailure: OnFailure): Promise<void> {
  setStackStatus(deployment, "CREATE_IN_PROGRESS", "User Initiated");
  const fault = await makeAll(deployment, blueprint);
  if (fault === undefined) return setStackStatus(deployment, "CREATE_COMPLETE");
  if (onFailure === "DO_NOTHING") return setStackStatus(deployment, "CREATE_FAILED", fault);
  if (onFailure === "DELETE") {
    setStackStatus(deployment, "CREATE_FAILED", fault);
    return deleteStack(deployment, `${fault}Delete requested by user.`);
  }
  setStackStatus(deployment, "ROLLBACK_IN_PROGRESS", `${fault}Rollback requested by user.`);
  const failed = await removeResources(
    deployment,
    liveResources(deployment.stack),
    ({ deletionPolicy }) => deletionPolicy === "Retain",
  );
  if (failed.length > 0) setStackStatus(deployment, "ROLLBACK_FAILED", failedTo("delete", failed));
  else setStackStatus(deployment, "ROLLBACK_COMPLETE");
}

async function makeAll(deployment: Deployment, blueprint: Blueprint): Promise<string | undefined> {
  const scope = blueprint.scope(resourcesOf(deployment.stack));
  for (const logicalId of blueprint.order) {
    const declaration = blueprint.template.resources.get(logicalId);
    if (!declaration) continue;
    try {
      await addResource(deployment, logicalId, declaration, scope);
    } catch {
      return failedTo("create", [logicalId]);
    }
  }
  return settleOutputs(deployment, blueprint);
}
