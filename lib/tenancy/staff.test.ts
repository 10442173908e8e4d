import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { staffRoleCovers, staffRoleOf } from "./staff";

const nobody = { email: null, emailVerified: false, groups: [] };
const none = { STAFF_EMAILS: "", STAFF_GROUP: "", STAFF_SECURITY_EMAILS: "", STAFF_SECURITY_GROUP: "" };

/** What the portal reads when an operator sets these variables and no others about staff. */
const set = (variables: Partial<typeof none>) => readEnv({ ...process.env, ...none, ...variables });
const roleByGroup = (variables: Partial<typeof none>, ...groups: string[]) =>
  staffRoleOf({ ...nobody, groups }, set(variables));
const roleByEmail = (variables: Partial<typeof none>, email: string, emailVerified = true) =>
  staffRoleOf({ ...nobody, email, emailVerified }, set(variables));

describe("who is staff by e-mail", () => {
  const variables = {
    STAFF_EMAILS: "sam@vendor.test, kim@vendor.test",
    STAFF_SECURITY_EMAILS: '["Sasha@Vendor.test", "kim@vendor.test"]',
  };

  test.each([
    ["sam@vendor.test", "support"],
    ["SAM@vendor.test", "support"],
    ["sasha@vendor.test", "security"],
    ["kim@vendor.test", "security"],
    ["ana@acme.test", null],
    ["sam@vendor.test, kim@vendor.test", null],
    ["\u212Aim@vendor.test", null],
  ])("the verified e-mail %j makes %j", (email, role) => {
    expect(roleByEmail(variables, email)).toBe(role);
    expect(roleByEmail(variables, email, false)).toBeNull();
  });

  test.each(["jürgen@vendor.test", "ju\u0308rgen@VENDOR.test"])("an international e-mail makes staff: %j", (email) => {
    const named = (name: string) => roleByEmail({ STAFF_EMAILS: name }, email);
    expect(["jürgen@vendor.test", "ju\u0308rgen@vendor.test", "jurgen@vendor.test"].map(named)).toEqual([
      "support",
      "support",
      null,
    ]);
    expect(roleByEmail({ STAFF_EMAILS: "hilfe@münchen.test" }, "hilfe@xn--mnchen-3ya.test")).toBe("support");
  });

  test("what is no address makes nobody staff, not even where both are none", () => {
    expect(roleByEmail({ STAFF_EMAILS: "kim@vendor.test:support" }, "kim@vendor.test:support")).toBeNull();
  });

  test("a role written behind an e-mail makes nobody staff", () => {
    const former = { STAFF_EMAILS: "sasha@vendor.test:security, sam@vendor.test:support" };
    for (const email of ["sasha@vendor.test", "sam@vendor.test"]) expect(roleByEmail(former, email)).toBeNull();
  });
});

describe("who is staff by group", () => {
  test.each([
    ["nimbus", ["nimbus"], "support"],
    ["nimbus", ["Nimbus", "nimbus ", "nimbus:support", "nimb", "nimbus-guests"], null],
    ["nimbus:support", ["nimbus", "support"], null],
    ["nimbus:support", ["nimbus:support"], "support"],
    ["nimbus:security", ["nimbus", "security"], null],
    ["nimbus:security", ["nimbus:security"], "support"],
    ["CN=Helpers,OU=Nimbus", ["CN=Helpers", "OU=Nimbus"], null],
    ["CN=Helpers,OU=Nimbus", ["CN=Helpers,OU=Nimbus"], "support"],
    ['["a","b,c"]', ["b", "c", "a,b", "b,c,a", '["a","b,c"]'], null],
    ['["a","b,c"]', ["a"], "support"],
    ['["a","b,c"]', ["b,c"], "support"],
    [' [\n" a "\n]', [" a "], "support"],
    [' [\n" a "\n]', ["a"], null],
    ["[]", ["", "[]"], null],
  ])("STAFF_GROUP=%j and the groups %j make %j", (value, groups, role) => {
    expect(roleByGroup({ STAFF_GROUP: value }, ...groups)).toBe(role);
    expect(roleByGroup({ STAFF_SECURITY_GROUP: value }, ...groups)).toBe(role && "security");
  });

  test("who is in both lists has the greater role", () => {
    const variables = { STAFF_GROUP: "everybody", STAFF_SECURITY_GROUP: "keepers" };
    expect(roleByGroup(variables, "everybody")).toBe("support");
    expect(roleByGroup(variables, "everybody", "keepers")).toBe("security");
  });
});

test("nobody is staff when nothing is configured", () => {
  expect(staffRoleOf({ email: "", emailVerified: true, groups: [""] }, set({}))).toBeNull();
});

test("security covers support and not the other way round", () => {
  expect(staffRoleCovers("security", "support")).toBe(true);
  expect(staffRoleCovers("support", "security")).toBe(false);
});
