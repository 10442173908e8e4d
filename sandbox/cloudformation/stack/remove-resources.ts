import { deleteResource } from "./apply-resource";
import { type Deployment, setResourceStatus } from "./record-event";
import type { ResourceRecord } from "./state";

/** Removes resources, the last made first, keeping those whose policy says so; answers which could not be removed. */
export async function removeResources(
  deployment: Deployment,
  resources: ResourceRecord[],
  isRetained: (resource: ResourceRecord) => boolean,
): Promise<string[]> {
  const failed: string[] = [];
  for (const resource of resources.toReversed()) {
    if (isRetained(resource)) {
      setResourceStatus(deployment, resource, "DELETE_SKIPPED");
      continue;
    }
    try {
      await deleteResource(deployment, resource);
    } catch {
      failed.push(resource.logicalId);
    }
  }
  return failed;
}
