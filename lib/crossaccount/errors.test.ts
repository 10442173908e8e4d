import { expect, test } from "vitest";
import { awsFailureKinds, classifyError } from "./aws/classify-error";
import { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "./errors";
import { assumptionError, isFinal } from "./sessions/assumption-error";

const codes = Object.entries(crossAccountErrors);
const oneSentence = /^[A-Z][^.]+\.$/;

test.each(codes)("%s is described in one sentence", (_code, { meaning }) => {
  expect(meaning).toMatch(oneSentence);
});

test.each(Object.entries(awsFailureKinds))("AWS failures of the kind %s are described", (_kind, { meaning, code }) => {
  expect(meaning).toMatch(/^[A-Z].+\.$/);
  expect(Object.keys(crossAccountErrors)).toContain(code);
});

test("no two say the same", () => {
  const meanings = [...codes, ...Object.entries(awsFailureKinds)].map(([, { meaning }]) => meaning);
  expect(new Set(meanings).size).toBe(meanings.length);
});

test.each<[string, CrossAccountErrorCode]>([
  ["AccessDenied", "access-denied"],
  ["RegionDisabledException", "region-disabled"],
  ["ExpiredToken", "identity-invalid"],
  ["PackedPolicyTooLarge", "request-invalid"],
  ["ThrottlingException", "throttled"],
  ["InternalFailure", "aws-unavailable"],
])(
  "a session that AWS does not give for %s is an error with the code %s, and trying again helps where AWS gave no answer",
  (name, code) => {
    const failure = classifyError(Object.assign(new Error("arn:aws:iam::111122223333:role/secret"), { name }));
    const error = assumptionError(failure);
    expect(error.code).toBe(code);
    expect(error.message).not.toContain("secret");
    expect(crossAccountErrors[code].tryAgain).toBe(failure.kind === "inconclusive");
  },
);

test.each(Object.keys(crossAccountErrors) as CrossAccountErrorCode[])(
  "whether %s ends a session that is still kept is decided",
  (code) => {
    const answers = ["access-denied", "request-invalid", "connection-unusable", "connection-not-found"];
    expect(isFinal(new CrossAccountError(code, "Why."))).toBe(answers.includes(code));
  },
);

test("what is no error of the library ends no session", () => {
  expect(isFinal(Object.assign(new Error("AWS"), { code: "access-denied" }))).toBe(false);
});
