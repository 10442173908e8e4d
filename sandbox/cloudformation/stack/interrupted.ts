import type { Store } from "../../store";
import { allStacks } from "./state";

/** Ends what was going on when the sandbox was stopped: what it waited for cannot come any more. */
export function endInterrupted(store: Store): void {
  for (const stack of allStacks(store).filter(({ status }) => isGoingOn(status))) {
    const statusReason = "The sandbox was stopped while this went on";
    Object.assign(stack, { status: failed(stack.status), statusReason });
    for (const resource of stack.resources.filter(({ status }) => status.endsWith("_IN_PROGRESS"))) {
      Object.assign(resource, { status: resource.status.replace("_IN_PROGRESS", "_FAILED"), statusReason });
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
