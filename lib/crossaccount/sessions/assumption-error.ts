import { type AwsFailure, type AwsFailureKind, awsFailureKinds } from "../aws/classify-error";
import { CrossAccountError, type CrossAccountErrorCode } from "../errors";

/** By AWS's code, where that helps. */
const messages: Record<AwsFailureKind, (code: string) => string> = {
  refused: () =>
    "AWS refused to assume the customer's role: it was changed or deleted. Verify the connection to see why.",
  inconclusive: (code) =>
    code === "AnswerTooLong"
      ? "What answered in AWS's place did not end and was cut off. Check the endpoint and the proxy that this process uses."
      : `AWS gave no answer (${code}). Try again in a moment.`,
  "own-identity": (code) =>
    `AWS did not accept our own credentials (${code}). Check the credentials that this process runs with.`,
  "region-disabled": () => "STS is not active in this region for the customer's account. Use another region.",
  "invalid-request": (code) => `AWS did not accept the request (${code}). Check the session policy and its size.`,
};

/** Why a session could not be opened, for the person or program that asked for it. */
export function assumptionError({ kind, code, throttled }: AwsFailure): CrossAccountError {
  if (throttled) return new CrossAccountError("throttled", "AWS is limiting our requests. Try again in a moment.");
  return new CrossAccountError(awsFailureKinds[kind].code, messages[kind](code));
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
