import { checkProperties, fixedReason, keepsCustomName, needsReplacement } from "../resource/properties";
import { resourceType } from "../resource/registry";
import type { Existing, ResourceContext } from "../resource/resource-type";
import { evaluate } from "../template/evaluate";
import { isObject, type JsonObject, sameJson } from "../template/json";
import type { Scope } from "../template/scope";
import type { ResourceDeclaration } from "../template/template";
import { collisionReason } from "./collision";
import { type Deployment, setResourceStatus } from "./record-event";
import { release } from "./running";
import { liveResources, type ResourceRecord, type StackRecord } from "./state";

/** Scope function that answers for the resources of a stack that exist. */
export function resourcesOf(stack: StackRecord): Scope["resource"] {
  return (logicalId) => {
    const found = liveResources(stack).find((item) => item.logicalId === logicalId);
    return found?.physicalId === undefined ? undefined : { ref: found.physicalId, attributes: found.attributes };
  };
}

export function desiredProperties({ type, properties }: ResourceDeclaration, scope: Scope): JsonObject {
  const evaluated = evaluate(properties, scope);
  return checkProperties(resourceType(type), isObject(evaluated) ? evaluated : {});
}

export async function createResource(
  deployment: Deployment,
  resource: ResourceRecord,
  prefix: "CREATE" | "UPDATE" = "CREATE",
): Promise<void> {
  const type = resourceType(resource.type);
  await attempt(deployment, resource, prefix, async () => {
    const context = resourceContext(deployment, resource);
    await type.create(resource.properties, {
      ...context,
      created: (physicalId, attributes, options) => {
        Object.assign(resource, { physicalId, attributes, ...options });
        setResourceStatus(deployment, resource, `${prefix}_IN_PROGRESS`, "Resource creation Initiated");
      },
    });
  });
}

/** What an update of a resource comes to. */
export type Change = "none" | "in-place" | "replacement";

export function changeOf(resource: ResourceRecord, properties: JsonObject): Change {
  if (sameJson(resource.properties, properties)) return "none";
  const type = resourceType(resource.type);
  const refusal = fixedReason(type, resource.properties, properties);
  if (refusal !== undefined) throw new Error(refusal);
  return needsReplacement(type, resource.properties, properties) ? "replacement" : "in-place";
}

export async function updateResource(
  deployment: Deployment,
  resource: ResourceRecord,
  properties: JsonObject,
): Promise<void> {
  const before = existing(resource);
  const type = resourceType(resource.type);
  setResourceStatus(deployment, resource, "UPDATE_IN_PROGRESS");
  await attempt(deployment, resource, "UPDATE", async () => {
    resource.attributes = await type.update(before, properties, {
      ...resourceContext(deployment, resource),
      created: (physicalId, attributes, options) => Object.assign(resource, { physicalId, attributes, ...options }),
    });
    resource.properties = properties;
  });
}

/** Makes the new resource that takes over from the present one; the caller removes that in the end. */
export async function replaceResource(
  deployment: Deployment,
  resource: ResourceRecord,
  properties: JsonObject,
): Promise<void> {
  const type = resourceType(resource.type);
  setResourceStatus(
    deployment,
    resource,
    "UPDATE_IN_PROGRESS",
    "Requested update requires the creation of a new physical resource; hence creating one.",
  );
  if (keepsCustomName(type, resource.properties, properties)) {
    const reason = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${resource.physicalId} and update the stack again.`;
    setResourceStatus(deployment, resource, "UPDATE_FAILED", reason);
    throw new Error(reason);
  }
  resource.properties = properties;
  resource.physicalId = undefined;
  await createResource(deployment, resource, "UPDATE");
}

export async function deleteResource(deployment: Deployment, resource: ResourceRecord): Promise<void> {
  const type = resourceType(resource.type);
  setResourceStatus(deployment, resource, "DELETE_IN_PROGRESS");
  await attempt(deployment, resource, "DELETE", async () => {
    if (resource.physicalId !== undefined) {
      await type.delete(existing(resource), resourceContext(deployment, resource));
    }
  });
}

async function attempt(
  deployment: Deployment,
  resource: ResourceRecord,
  prefix: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    setResourceStatus(deployment, resource, `${prefix}_COMPLETE`);
  } catch (error) {
    const reason = collisionReason(deployment, resource, error) ?? (error as Error).message;
    setResourceStatus(deployment, resource, `${prefix}_FAILED`, reason);
    throw error;
  }
}

function existing(resource: ResourceRecord): Existing {
  const { physicalId = "", properties, attributes } = resource;
  return { physicalId, properties, attributes };
}

export function resourceContext({ stack, context }: Deployment, { logicalId }: ResourceRecord): ResourceContext {
  return {
    request: context,
    stackName: stack.name,
    stackId: stack.id,
    logicalId,
    tags: stack.tags,
    capabilities: stack.capabilities,
    created: () => {},
    waits: () => release(stack.id, context),
  };
}
