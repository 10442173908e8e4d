import { describe, expect, test } from "vitest";
import { checkIdentity, type IdentityInput } from "./identity";

const begun = new Date("2026-06-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(begun.getTime() - hours * 3_600_000);

function identity(change: Partial<IdentityInput> = {}, usage: Partial<IdentityInput["usage"]> = {}) {
  return checkIdentity({
    callerAccountId: "111122223333",
    roleId: "AROAONE",
    arnAccountId: "111122223333",
    usage: { begun, ...usage },
    ...change,
  });
}

describe("who the session is", () => {
  test("fails for another account, which makes the connection unusable", () => {
    expect(identity({ callerAccountId: "999988887777" })).toMatchObject({
      accountMatches: false,
      check: { status: "failed", causeId: "wrong-account" },
    });
    expect(identity({ pinnedAccountId: "999988887777" }).accountMatches).toBe(false);
  });

  test("fails for a role that was made again, which goes on working", () => {
    expect(identity({ knownRoleId: "AROATWO" })).toMatchObject({ accountMatches: true, check: { status: "failed" } });
    expect(identity({ knownRoleId: "AROAONE" }).check.status).toBe("passed");
  });
});

describe("use of the role", () => {
  test("is a warning when no session of ours explains it, with both times", () => {
    const { check } = identity(
      {},
      { lastUsedAt: hoursAgo(2), lastUsedRegion: "eu-west-1", lastAssumedAt: hoursAgo(9) },
    );
    expect(check).toMatchObject({ status: "warning", confidence: "likely" });
    expect(check.evidence).toContainEqual({
      label: "Last used, as AWS sees it",
      value: "2026-06-10T10:00:00.000Z in eu-west-1",
    });
    expect(check.evidence).toContainEqual({ label: "Last used by the portal", value: "2026-06-10T03:00:00.000Z" });
    expect(identity({}, { lastUsedAt: hoursAgo(2), lastAssumedAt: null }).check.status).toBe("warning");
  });

  test.each([
    ["within a session that we opened", { lastUsedAt: hoursAgo(2), lastAssumedAt: hoursAgo(2.9) }],
    ["by this very verification", { lastUsedAt: begun, lastAssumedAt: hoursAgo(9) }],
    ["when it is not known when we assumed it", { lastUsedAt: hoursAgo(2) }],
    ["never", { lastAssumedAt: null }],
  ])("is none of others %s", (_what, usage) => {
    expect(identity({}, usage).check.status).toBe("passed");
  });
});
