interface ErrorDescription {
  /** One sentence, for a reference. */
  meaning: string;
  /** Whether the same call, made again later, can succeed without its caller changing anything. */
  tryAgain: boolean;
}

/** Every failure that the library reports on purpose, by its code. Callers branch on the code; the message is for a person. */
export const crossAccountErrors = {
  "config-invalid": {
    meaning: "The configuration, a key or a key ring is not valid; the message names each fault.",
    tryAgain: false,
  },
  "external-id-unavailable": {
    meaning: "The system gave no random bytes for an external ID, and nothing was stored.",
    tryAgain: true,
  },
  "role-arn-invalid": { meaning: "The text is not the ARN of an IAM role in the right partition.", tryAgain: false },
  "region-not-supported": {
    meaning: "AWS has no such Region, or the config or the connection's partition does not.",
    tryAgain: false,
  },
  "partition-not-configured": { meaning: "The vendor has no account in the Region's partition.", tryAgain: false },
  "template-too-large": { meaning: "The declared permissions do not fit into IAM's limits.", tryAgain: false },
  "template-upload-failed": {
    meaning: "The template could not be put into the template bucket; the message says why where S3 did.",
    tryAgain: true,
  },
  "template-missing": {
    meaning: "The template was looked for and is not in the template bucket yet.",
    tryAgain: true,
  },
  "launch-link-invalid": { meaning: "A launch link or command cannot be made from these values.", tryAgain: false },
  "access-denied": {
    meaning: "AWS refused to assume the role: it was changed or deleted, or an organization's policy forbids it.",
    tryAgain: false,
  },
  "identity-invalid": {
    meaning: "AWS did not accept the credentials that this process runs with.",
    tryAgain: false,
  },
  "region-disabled": { meaning: "STS is not active in this Region for the customer's account.", tryAgain: false },
  "request-invalid": {
    meaning: "AWS could not accept the request, for example because its session policy is too large.",
    tryAgain: false,
  },
  throttled: { meaning: "AWS is limiting our requests.", tryAgain: true },
  "aws-unavailable": { meaning: "AWS gave no answer in time, or none that says yes or no.", tryAgain: true },
  "connection-unusable": {
    meaning: "The connection's status allows no credentials, or its role changed meanwhile.",
    tryAgain: false,
  },
  "connection-ambiguous": {
    meaning: "The customer has several connections, and the call does not say which one.",
    tryAgain: false,
  },
  "connection-not-found": { meaning: "This customer has no such connection.", tryAgain: false },
  "rotation-running": {
    meaning: "A rotation of the connection's external ID runs already.",
    tryAgain: false,
  },
  "external-id-in-use": {
    meaning: "AWS accepts the external ID that was to be taken back, or it is not sure that it does not.",
    tryAgain: false,
  },
  "input-invalid": { meaning: "An argument of the call is not valid.", tryAgain: false },
  "report-mismatch": {
    meaning:
      "The report is about another role or external ID, was changed, or does not verify a role that could replace the one in use.",
    tryAgain: false,
  },
  "account-mismatch": { meaning: "The role is in another account than the connection.", tryAgain: false },
  "role-taken": { meaning: "Another connection has verified this role.", tryAgain: false },
  "access-log-failed": {
    meaning: "The access log could not be written, so no credentials were issued.",
    tryAgain: true,
  },
  "decryption-failed": {
    meaning: "A stored value was changed or moved, its key is not in the ring, or the key service did not answer.",
    tryAgain: true,
  },
  "encryption-failed": { meaning: "The key did not answer, so nothing was stored.", tryAgain: true },
  "storage-failed": {
    meaning: "The storage failed, gave back what cannot be, or refused to keep the connection as it would become.",
    tryAgain: true,
  },
  "webhook-invalid": {
    meaning: "A webhook was not signed by the portal for this endpoint, or is too old.",
    tryAgain: false,
  },
  aborted: { meaning: "The signal passed to the call stopped it.", tryAgain: false },
} as const satisfies Record<string, ErrorDescription>;

export type CrossAccountErrorCode = keyof typeof crossAccountErrors;

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

interface Failure {
  code: CrossAccountErrorCode;
  /** What it means; the error itself is not quoted, since it may name what nobody should read. */
  message: string;
}

/** Runs code of the vendor's own: whatever it throws has a code, and its own error is the cause. */
export async function withCode<T>({ code, message }: Failure, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CrossAccountError) throw error;
    throw new CrossAccountError(code, `${message} Its own error is the cause of this one.`, { cause: error });
  }
}
