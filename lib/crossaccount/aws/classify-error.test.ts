import { describe, expect, test } from "vitest";
import { classifyError } from "./classify-error";

function awsError(name: string, httpStatusCode = 400): Error {
  const error = new Error("User: arn:aws:iam::123456789012:user/x is not authorized, external ID secret-id");
  return Object.assign(error, { name, $metadata: { httpStatusCode, requestId: "request-1" } });
}

describe("classifyError", () => {
  const codes = {
    refused: ["AccessDenied", "AccessDeniedException"],
    "region-disabled": ["RegionDisabled", "RegionDisabledException"],
    "invalid-request": [
      ...["ValidationError", "ValidationException", "InvalidParameterValue", "MalformedPolicyDocument"],
      ...["PackedPolicyTooLarge", "MissingParameter", "NoSuchEntityException", "InvalidInputException"],
      ...["InvalidAction", "NotImplemented"],
    ],
    "own-identity": [
      ...["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"],
      ...["SignatureDoesNotMatch", "IncompleteSignature", "InvalidSignatureException", "MissingAuthenticationToken"],
      ...["RequestExpired", "RequestTimeTooSkewed", "CredentialsProviderError", "TokenProviderError"],
    ],
    inconclusive: ["InternalFailure", "ServiceUnavailable", "SomethingNewException"],
  };

  test.each(Object.entries(codes).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))(
    "%s is %s",
    (name, kind) => {
      expect(classifyError(awsError(name))).toMatchObject({ kind, throttled: false, requestId: "request-1" });
    },
  );

  test.each([
    ...["Throttling", "ThrottlingException", "RequestThrottled", "RequestThrottledException", "SlowDown"],
    ...["ProvisionedThroughputExceededException", "TooManyRequestsException", "RequestLimitExceeded"],
    ...["LimitExceededException", "PriorRequestNotComplete"],
  ])("%s is no answer, for too many requests", (name) => {
    expect(classifyError(awsError(name))).toMatchObject({ kind: "inconclusive", throttled: true });
  });

  test("a network failure and a timeout are no answer", () => {
    expect(classifyError(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toMatchObject({
      kind: "inconclusive",
      code: "ECONNREFUSED",
    });
    expect(classifyError(awsError("AbortError"))).toMatchObject({ kind: "inconclusive", code: "TimeoutError" });
    expect(classifyError("broken")).toMatchObject({ kind: "inconclusive", code: "Unknown" });
  });

  test("status 429 is throttling whatever its code", () => {
    expect(classifyError(awsError("Busy", 429))).toMatchObject({ kind: "inconclusive", throttled: true });
  });

  test("a text that speaks of denial does not make a refusal", () => {
    expect(classifyError(new Error("AccessDenied"))).toMatchObject({ kind: "inconclusive" });
  });

  test.each([
    ["because no role trust policy allows the sts:AssumeRole action", "trust-policy"],
    ["with an explicit deny in a service control policy", "service-control-policy"],
    ["with an explicit deny in a resource control policy", "resource-control-policy"],
    ["because no session policy allows the s3:GetObject action", "session-policy"],
    ["because no resource-based policy allows the s3:GetObject action", "resource-policy"],
    ["because no permissions boundary allows the s3:GetObject action", "permissions-boundary"],
    ["because no identity-based policy allows the s3:GetObject action", "identity-policy"],
    ["with an explicit deny in a VPC endpoint policy", "endpoint-policy"],
    ["for another reason", undefined],
  ])("a refusal %s leaves a hint", (text, hint) => {
    const error = Object.assign(new Error(`User: x is not authorized ${text}`), { name: "AccessDenied" });
    expect(classifyError(error).hint).toBe(hint);
    expect(classifyError(Object.assign(error, { name: "Throttling" })).hint).toBeUndefined();
  });

  test("keeps nothing of AWS's text", () => {
    expect(JSON.stringify(classifyError(awsError("AccessDenied")))).not.toMatch(/arn:|secret-id/);
    expect(classifyError(awsError("arn:aws:iam::1:role/x"))).toMatchObject({ code: "Unknown" });
  });
});
