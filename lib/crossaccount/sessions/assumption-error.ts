import type { AwsFailure } from "../aws/classify-error";
import { CrossAccountError, type CrossAccountErrorCode } from "../errors";

/** Why a session could not be opened, for the person or program that asked for it. */
export function assumptionError(failure: AwsFailure): CrossAccountError {
  switch (failure.kind) {
    case "refused":
      return new CrossAccountError(
        "access-denied",
        "AWS refused to assume the customer's role: it was changed or deleted. Verify the connection to see why.",
      );
    case "region-disabled":
      return new CrossAccountError(
        "region-disabled",
        "STS is not active in this region for the customer's account. Use another region.",
      );
    case "own-identity":
      return new CrossAccountError(
        "identity-invalid",
        `AWS did not accept our own credentials (${failure.code}). Check the credentials that this process runs with.`,
      );
    case "invalid-request":
      return new CrossAccountError(
        "request-invalid",
        `AWS did not accept the request (${failure.code}). Check the session policy and its size.`,
      );
    case "inconclusive":
      return failure.throttled
        ? new CrossAccountError("throttled", "AWS is limiting our requests. Try again in a moment.")
        : new CrossAccountError("aws-unavailable", `AWS gave no answer (${failure.code}). Try again in a moment.`);
  }
}

const FINAL = new Set<CrossAccountErrorCode>([
  "access-denied",
  "request-invalid",
  "connection-unusable",
  "connection-not-found",
]);

/** Whether an error is an answer, so that what is still kept must not be used either. */
export function isFinal(error: unknown): boolean {
  return error instanceof CrossAccountError && FINAL.has(error.code);
}
