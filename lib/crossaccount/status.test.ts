import { describe, expect, test } from "vitest";
import { connectionStatuses, isUsable, statusAfterVerification } from "./status";
import type { Check, VerificationReport } from "./types";

function report(change: Partial<VerificationReport>): VerificationReport {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    outcome: "proven",
    checks: [],
    setupPermissions: "gone",
    subject: "",
    startedAt: at,
    finishedAt: at,
    ...change,
  };
}
const failedCheck: Check = { id: "ongoing-permissions", status: "failed", title: "", evidence: [] };

describe("connection status", () => {
  test("credentials are issued in setup, active and degraded alone", () => {
    expect(new Set(connectionStatuses.filter(isUsable))).toEqual(new Set(["setup", "active", "degraded"]));
  });

  test("no conclusion changes nothing", () => {
    for (const status of connectionStatuses) {
      expect(statusAfterVerification(status, report({ outcome: "inconclusive" }))).toBe(status);
    }
  });

  test("what the customer ended or paused stays so", () => {
    expect(statusAfterVerification("paused", report({}))).toBe("paused");
    expect(statusAfterVerification("disconnected", report({ outcome: "insecure" }))).toBe("disconnected");
  });

  test("an insecure role blocks even a connection that worked", () => {
    expect(statusAfterVerification("active", report({ outcome: "insecure" }))).toBe("insecure");
  });

  test("a role that cannot be assumed is broken once it worked, and pending before", () => {
    expect(statusAfterVerification("active", report({ outcome: "failed" }))).toBe("broken");
    expect(statusAfterVerification("pending", report({ outcome: "failed" }))).toBe("pending");
  });

  test("proven leads to setup, active or degraded", () => {
    expect(statusAfterVerification("pending", report({ setupPermissions: "present" }))).toBe("setup");
    expect(statusAfterVerification("pending", report({ setupPermissions: "never-granted" }))).toBe("active");
    expect(statusAfterVerification("insecure", report({}))).toBe("active");
    expect(statusAfterVerification("active", report({ checks: [failedCheck] }))).toBe("degraded");
    const lingering: Check = { ...failedCheck, id: "setup-permissions" };
    expect(statusAfterVerification("setup", report({ setupPermissions: "present", checks: [lingering] }))).toBe(
      "setup",
    );
  });

  test("not knowing about setup permissions is no proof that they are gone, and no news for an active connection", () => {
    expect(statusAfterVerification("pending", report({ setupPermissions: "unknown" }))).toBe("setup");
    expect(statusAfterVerification("active", report({ setupPermissions: "unknown" }))).toBe("active");
  });

  test("a warning changes no status", () => {
    expect(statusAfterVerification("active", report({ checks: [{ ...failedCheck, status: "warning" }] }))).toBe(
      "active",
    );
  });
});
