import { describe, expect, test } from "vitest";
import { faultOfAnswer, faultOfRequest, SignInFault, withinTime } from "./sign-in-fault";

describe("what a provider sends the browser back with", () => {
  test.each([
    ...[
      "access_denied",
      "consent_required",
      "interaction_required",
      "login_required",
      "account_selection_required",
    ].map((error) => [error, "access-denied"] as const),
    ...["server_error", "temporarily_unavailable"].map((error) => [error, "provider-busy"] as const),
    ...["invalid_scope", "toString", "__proto__"].map((error) => [error, "provider-refused"] as const),
  ])("%s is %s", (error, code) => {
    expect(faultOfAnswer(error).code).toBe(code);
  });
});

describe("what goes wrong while the provider is asked", () => {
  const answered = (statusCode: number, error?: string) =>
    Object.assign(new Error("answered"), { error, response: { statusCode } });

  test.each<[what: string, error: unknown, code: string]>([
    ["a client that it does not know", answered(400, "invalid_client"), "client-refused"],
    ["a client that it does not let", answered(400, "unauthorized_client"), "client-refused"],
    ["status 401", answered(401), "client-refused"],
    ["status 500", answered(500), "provider-busy"],
    ["status 503", answered(503), "provider-busy"],
    ["status 499", answered(499), "code-refused"],
    ["no answer in time", new Error("outgoing request timed out after 3500ms"), "provider-slow"],
    ["no way to it", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "provider-unreachable"],
    ["a code that it does not take", answered(400, "invalid_grant"), "code-refused"],
    ["nothing at all", undefined, "code-refused"],
  ])("%s", (_what, error, code) => {
    expect(faultOfRequest(error, "code-refused").code).toBe(code);
  });

  test("a fault that was found stays what it is", () => {
    const fault = new SignInFault("another-person");
    expect(faultOfRequest(fault, "code-refused")).toBe(fault);
  });

  test("only a known word of the provider is repeated", () => {
    expect(faultOfRequest(answered(400, "invalid_grant"), "code-refused").message).toContain("invalid_grant");
    expect(faultOfRequest(answered(400, "<b>Pay</b>"), "code-refused").message).not.toContain("Pay");
  });
});

test("what is not done in time is given up", async () => {
  expect(await withinTime(60_000, Promise.resolve("done"))).toBe("done");
  await expect(withinTime(0, new Promise(() => {}))).rejects.toMatchObject({ code: "provider-slow" });
});
