/** Every failure that the library reports on purpose. Callers branch on the code; the message is for a person. */
export const crossAccountErrorCodes = [
  "config-invalid",
  "external-id-unavailable",
  "role-arn-invalid",
  "role-name-invalid",
  "region-not-supported",
  "partition-not-configured",
  "template-too-large",
  "template-upload-failed",
  "launch-link-invalid",
  "access-denied",
  "identity-invalid",
  "region-disabled",
  "request-invalid",
  "throttled",
  "aws-unavailable",
  "connection-unusable",
  "connection-ambiguous",
  "connection-not-found",
  "input-invalid",
  "report-mismatch",
  "account-mismatch",
  "role-taken",
  "access-log-failed",
  "decryption-failed",
  "encryption-failed",
  "storage-failed",
  "aborted",
] as const;

export type CrossAccountErrorCode = (typeof crossAccountErrorCodes)[number];

/**
 * The library's one error type. A message says what happened, the likely reason and what to do next; it never holds an
 * external ID, an ARN or a secret, so it can be logged and shown.
 */
export class CrossAccountError extends Error {
  override readonly name = "CrossAccountError";
  readonly code: CrossAccountErrorCode;

  constructor(code: CrossAccountErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
