import { checkExports } from "./exports";
import { failedTo } from "./failed-to";
import { type Deployment, setStackStatus } from "./record-event";
import { removeResources } from "./remove-resources";
import { liveResources } from "./state";

/** Removes a stack and its resources except those it retains, by policy or by the caller's wish. */
export async function deleteStack(deployment: Deployment, reason: string, retained: string[] = []): Promise<void> {
  const { stack, context } = deployment;
  setStackStatus(deployment, "DELETE_IN_PROGRESS", reason);
  const fault = exportFault(deployment);
  if (fault !== undefined) return setStackStatus(deployment, "DELETE_FAILED", fault);
  const failed = await removeResources(
    deployment,
    liveResources(stack),
    ({ logicalId, deletionPolicy }) => deletionPolicy !== "Delete" || retained.includes(logicalId),
  );
  if (failed.length > 0) return setStackStatus(deployment, "DELETE_FAILED", failedTo("delete", failed));
  setStackStatus(deployment, "DELETE_COMPLETE");
  Object.assign(stack, { deletedAt: context.now().getTime(), outputs: [], imports: [] });
}

function exportFault({ stack, context }: Deployment): string | undefined {
  try {
    checkExports(context, stack, []);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
