import { describe, expect, test } from "vitest";
import { type AwsFailure, classifyError } from "../aws/classify-error";
import { DIAGNOSIS_CAUSES, type DiagnosisCause } from "../types";
import { causeTexts } from "./causes";
import { type DiagnosisContext, diagnose, type KnownPermissions } from "./diagnose";

const denied: AwsFailure = { kind: "refused", code: "AccessDenied", throttled: false };
const failureOf = (code: string, message = "") =>
  classifyError(Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: 400 } }));
const assume = (context: DiagnosisContext = {}, failure: AwsFailure = denied) =>
  diagnose({ call: "AssumeRole", failure, context });
const call = (context: DiagnosisContext = {}, failure: AwsFailure = denied) =>
  diagnose({ call: "session", failure, context });

describe("an answer that says it all is certain", () => {
  test.each<[string, DiagnosisCause]>([
    ["RegionDisabledException", "region-not-enabled"],
    ["InvalidClientTokenId", "own-identity"],
    ["ExpiredToken", "own-identity"],
    ["ThrottlingException", "throttled"],
    ["InternalFailure", "aws-unavailable"],
    ["SomethingNew", "aws-unavailable"],
    ["ValidationError", "request-not-accepted"],
  ])("%s", (code, cause) => {
    expect(assume({}, failureOf(code))).toMatchObject({ cause, confidence: "certain", alternatives: [] });
  });

  test("also whose credentials ours are", () => {
    expect(assume({ ownIdentity: "other-account" })).toMatchObject({ cause: "own-identity", confidence: "certain" });
  });
});

describe("AccessDenied to AssumeRole is a guess, and says so", () => {
  test("ranked, with what else it could be", () => {
    const diagnosis = assume({ ownIdentity: "vendor" });
    expect(diagnosis).toMatchObject({ cause: "wrong-external-id", confidence: "likely" });
    expect(diagnosis.alternatives.map(({ cause }) => cause)).toEqual([
      "role-not-found",
      "wrong-vendor-principal",
      "resource-control-policy",
      "still-propagating",
    ]);
    expect(diagnosis.evidence.find(({ label }) => label === "What this shows")?.value).toContain("guess");
    expect(JSON.stringify(diagnosis.evidence)).toContain("In order");
  });

  test.each<[string, DiagnosisContext, DiagnosisCause]>([
    ["a role made a minute ago", { roleAgeMs: 60_000 }, "still-propagating"],
    ["a role that was allowed by another server", { allowedMeanwhile: true }, "still-propagating"],
    ["a role that worked before", { provenBefore: true }, "role-not-found"],
    ["a role that nobody has seen", { arnPredicted: true }, "role-not-found"],
  ])("%s", (_what, context, cause) => {
    expect(assume(context)).toMatchObject({ cause, confidence: "likely" });
  });

  test("and is no longer put down to propagation once that was waited out", () => {
    const causes = [assume({ waitedMs: 80_000 }), assume({ waitedMs: 80_000, roleAgeMs: 90_000 })].flatMap(
      ({ cause, alternatives }) => [cause, ...alternatives.map((other) => other.cause)],
    );
    expect(causes).not.toContain("still-propagating");
  });

  test.each<[string, DiagnosisCause]>([
    ["because no role trust policy allows the sts:AssumeRole action", "wrong-external-id"],
    ["because no identity-based policy allows the sts:AssumeRole action", "own-identity"],
    ["with an explicit deny in a resource control policy", "resource-control-policy"],
  ])("AWS's text is a hint: %s", (text, cause) => {
    const diagnosis = assume({}, failureOf("AccessDenied", `User: arn:aws:iam::1:user/x is not authorized ${text}`));
    expect(diagnosis).toMatchObject({ cause, confidence: "likely" });
    expect(JSON.stringify(diagnosis)).not.toContain("user/x");
  });
});

describe("a later call that was refused", () => {
  test.each<[string, KnownPermissions, DiagnosisCause, string]>([
    ["by an organization", { simulation: "denied-by-organization" }, "service-control-policy", "likely"],
    ["by the boundary", { simulation: "denied-by-boundary" }, "permissions-boundary", "certain"],
    ["that no policy grants", { policies: "missing" }, "missing-permission", "likely"],
    ["that a policy denies", { policies: "deny" }, "explicit-deny", "certain"],
    ["that both methods allow", { policies: "allow", simulation: "allowed" }, "resource-policy", "likely"],
    ["that could not be simulated", { policies: "allow" }, "service-control-policy", "likely"],
  ])("%s", (_what, permissions, cause, confidence) => {
    expect(call({ permissions })).toMatchObject({ cause, confidence });
  });

  test("is put down to what AWS's text names", () => {
    const failure = failureOf("AccessDenied", "with an explicit deny in a service control policy");
    expect(call({ permissions: { policies: "allow", simulation: "allowed" } }, failure)).toMatchObject({
      cause: "service-control-policy",
      confidence: "likely",
    });
  });
});

test("every cause has its words, its next action and its source", () => {
  for (const cause of DIAGNOSIS_CAUSES) {
    const { title, explanation, nextAction, toldBy, source } = causeTexts[cause];
    for (const text of [explanation, nextAction, toldBy]) expect(text).toMatch(/^[A-Z].*[.)]$/s);
    expect(title).not.toMatch(/[.]$/);
    expect(source).toMatch(/^https:\/\//);
  }
});
