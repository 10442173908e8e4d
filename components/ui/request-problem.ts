import { unstable_isUnrecognizedActionError } from "next/navigation";

/** What to say when a request of this page got no answer that it understands. */
export function requestProblem(error: unknown): string {
  return unstable_isUnrecognizedActionError(error)
    ? "This page is from an earlier version of the portal. Reload it, then try again."
    : "The portal cannot be reached. Try again in a moment.";
}
