import type { Scope } from "../template/scope";
import type { ResourceDeclaration } from "../template/template";
import { createResource, desiredProperties } from "./apply-resource";
import { type Deployment, setResourceStatus } from "./record-event";
import type { ResourceRecord } from "./state";

/** Adds a resource to the stack and makes it. Its events tell when a property cannot be evaluated, too. */
export async function addResource(
  deployment: Deployment,
  logicalId: string,
  declaration: ResourceDeclaration,
  scope: Scope,
): Promise<ResourceRecord> {
  const resource: ResourceRecord = {
    logicalId,
    type: declaration.type,
    properties: {},
    attributes: {},
    status: "CREATE_IN_PROGRESS",
    updatedAt: 0,
    deletionPolicy: declaration.deletionPolicy,
  };
  const { stack } = deployment;
  stack.resources = [...stack.resources.filter((item) => item.logicalId !== logicalId), resource];
  try {
    resource.properties = desiredProperties(declaration, scope);
  } catch (error) {
    setResourceStatus(deployment, resource, "CREATE_FAILED", (error as Error).message);
    throw error;
  }
  setResourceStatus(deployment, resource, "CREATE_IN_PROGRESS");
  await createResource(deployment, resource);
  return resource;
}
