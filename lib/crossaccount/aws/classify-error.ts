import type { CrossAccountErrorCode } from "../errors";

interface FailureKind {
  meaning: string;
  /** The code with which a caller who asked for a session hears of it. */
  code: CrossAccountErrorCode;
}

/** What an AWS error means for us. */
export const awsFailureKinds = {
  refused: { meaning: "AWS said no to this request.", code: "access-denied" },
  inconclusive: {
    meaning:
      "AWS gave no answer: a timeout, a broken connection, a fault of its own or an unknown code. Worth another try.",
    code: "aws-unavailable",
  },
  "own-identity": { meaning: "Our own credentials are missing, expired or wrong.", code: "identity-invalid" },
  "region-disabled": { meaning: "STS is not active in the Region.", code: "region-disabled" },
  "invalid-request": { meaning: "AWS could not accept the request as it was.", code: "request-invalid" },
} as const satisfies Record<string, FailureKind>;

export type AwsFailureKind = keyof typeof awsFailureKinds;

/** The kind of policy that AWS's text names as the reason of a refusal. A hint: texts change and may be missing. */
export type RefusalHint =
  | "trust-policy"
  | "identity-policy"
  | "service-control-policy"
  | "resource-control-policy"
  | "permissions-boundary"
  | "session-policy"
  | "endpoint-policy"
  | "resource-policy";

/** An AWS error reduced to what may be shown and logged: AWS's messages name ARNs, so they are left behind. */
export interface AwsFailure {
  kind: AwsFailureKind;
  /** AWS's code without the suffix `Exception`, or the network's. */
  code: string;
  /** An `inconclusive` failure for too many requests, for which the library has a code of its own. */
  throttled: boolean;
  requestId?: string;
  hint?: RefusalHint;
}

const REFUSED = new Set(["AccessDenied"]);
const REGION_DISABLED = new Set(["RegionDisabled"]);
const INVALID_REQUEST = new Set([
  "ValidationError",
  "Validation",
  "InvalidParameterValue",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
  "MissingParameter",
  "NoSuchEntity",
  "InvalidInput",
  "InvalidAction",
  "NotImplemented",
]);
const OWN_IDENTITY = new Set([
  "ExpiredToken",
  "InvalidClientTokenId",
  "UnrecognizedClient",
  "InvalidAccessKeyId",
  "TokenRefreshRequired",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "InvalidSignature",
  "MissingAuthenticationToken",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "CredentialsProviderError",
  "TokenProviderError",
]);
const THROTTLED = new Set([
  "Throttling",
  "RequestThrottled",
  "ProvisionedThroughputExceeded",
  "TooManyRequests",
  "RequestLimitExceeded",
  "LimitExceeded",
  "SlowDown",
  "PriorRequestNotComplete",
]);

/** As AWS words them (IAM User Guide, troubleshoot_access-denied); the more particular first. */
const HINTS: readonly (readonly [RegExp, RefusalHint])[] = [
  [/role trust policy/i, "trust-policy"],
  [/service control policy/i, "service-control-policy"],
  [/resource control policy/i, "resource-control-policy"],
  [/permissions boundary/i, "permissions-boundary"],
  [/session policy/i, "session-policy"],
  [/VPC endpoint policy/i, "endpoint-policy"],
  [/identity-based policy/i, "identity-policy"],
  [/resource-based policy/i, "resource-policy"],
];

/** Classifies by code, never by text: texts change and are translated. What a refusal's text names is kept as a hint. */
export function classifyError(error: unknown): AwsFailure {
  const code = codeOf(error);
  const { requestId, httpStatusCode } = metadataOf(error);
  const throttled = THROTTLED.has(code) || httpStatusCode === 429;
  const kind = throttled ? "inconclusive" : kindOf(code);
  const hint = kind === "refused" ? hintOf(error) : undefined;
  return { kind, code, throttled, ...(requestId ? { requestId } : {}), ...(hint ? { hint } : {}) };
}

function hintOf(error: unknown): RefusalHint | undefined {
  const text = error instanceof Error ? error.message : "";
  return HINTS.find(([pattern]) => pattern.test(text))?.[1];
}

function kindOf(code: string): AwsFailureKind {
  if (REFUSED.has(code)) return "refused";
  if (REGION_DISABLED.has(code)) return "region-disabled";
  if (OWN_IDENTITY.has(code)) return "own-identity";
  if (INVALID_REQUEST.has(code)) return "invalid-request";
  return "inconclusive";
}

// The query protocol says `AccessDenied` where the JSON protocols say `AccessDeniedException`.
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "Unknown";
  const name = "name" in error && typeof error.name === "string" ? error.name : "";
  const networkCode = "code" in error && typeof error.code === "string" ? error.code : "";
  const code = name === "" || name === "Error" ? networkCode : name;
  if (code === "AbortError") return "TimeoutError";
  return /^[A-Za-z]\w{0,99}$/.test(code) ? code.replace(/Exception$/, "") : "Unknown";
}

function metadataOf(error: unknown): { requestId?: string; httpStatusCode?: number } {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return {};
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null) return {};
  const requestId = "requestId" in metadata && typeof metadata.requestId === "string" ? metadata.requestId : undefined;
  const status = "httpStatusCode" in metadata ? metadata.httpStatusCode : undefined;
  return { requestId, httpStatusCode: typeof status === "number" ? status : undefined };
}
