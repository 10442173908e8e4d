import { resourceType } from "../resource/registry";
import { resourceContext } from "./apply-resource";
import type { Deployment } from "./record-event";
import { liveResources, type ResourceRecord, type StackRecord } from "./state";

/**
 * The stack with its resources as they are in the account, whatever CloudFormation last made of them; one that was deleted
 * there is absent. Only properties that the stack sets are read (CloudFormation User Guide, drift-aware-change-sets).
 */
export async function actualState(deployment: Deployment): Promise<StackRecord> {
  const resources = await Promise.all(liveResources(deployment.stack).map((resource) => actual(deployment, resource)));
  return { ...deployment.stack, resources: resources.flatMap((resource) => resource ?? []) };
}

async function actual(deployment: Deployment, resource: ResourceRecord): Promise<ResourceRecord | undefined> {
  const { physicalId, properties, attributes } = resource;
  const read = resourceType(resource.type).read;
  if (!read || physicalId === undefined) return resource;
  const found = await read({ physicalId, properties, attributes }, resourceContext(deployment, resource));
  return found && { ...resource, properties: found };
}
