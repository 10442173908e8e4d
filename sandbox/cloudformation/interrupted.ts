import type { Store } from "../store";
import { allStacks } from "./stack/state";
import { stackSets } from "./stack-set/state";

const statusReason = "The sandbox was stopped while this went on";

/** Ends what was going on when the sandbox was stopped: what it waited for cannot come any more. */
export function endInterrupted(store: Store): void {
  for (const stack of allStacks(store).filter(({ status }) => isGoingOn(status))) {
    Object.assign(stack, { status: failed(stack.status), statusReason });
    for (const resource of stack.resources.filter(({ status }) => status.endsWith("_IN_PROGRESS"))) {
      Object.assign(resource, { status: resource.status.replace("_IN_PROGRESS", "_FAILED"), statusReason });
    }
  }
  const operations = stackSets(store).flatMap((set) => set.operations);
  for (const operation of operations.filter(({ status }) => status === "RUNNING")) {
    operation.status = "FAILED";
    for (const result of operation.results.filter(({ status }) => status === "PENDING" || status === "RUNNING")) {
      Object.assign(result, { status: "FAILED", reason: statusReason });
    }
  }
}

function isGoingOn(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** What the stack can be deleted in. */
function failed(status: string): string {
  return status.startsWith("UPDATE_") ? "UPDATE_ROLLBACK_FAILED" : status.replace("_IN_PROGRESS", "_FAILED");
}
