import { describe, expect, test } from "vitest";
import { staffRoleCovers, staffRoleOf } from "./staff";

const settings = {
  STAFF_EMAILS: "sam@vendor.test, Sasha@Vendor.test:security",
  STAFF_GROUP: "helpers, keepers:security",
};
const nobody = { email: null, emailVerified: false, groups: [] };

describe("who is staff", () => {
  test("a verified e-mail of the list, whatever its case", () => {
    expect(staffRoleOf({ ...nobody, email: "SAM@vendor.test", emailVerified: true }, settings)).toBe("support");
    expect(staffRoleOf({ ...nobody, email: "sasha@vendor.test", emailVerified: true }, settings)).toBe("security");
  });

  test("never an e-mail that the provider did not verify", () => {
    expect(staffRoleOf({ ...nobody, email: "sasha@vendor.test" }, settings)).toBeNull();
  });

  test("never an e-mail that only looks like one of the list after lower-casing", () => {
    const list = { ...settings, STAFF_EMAILS: "kim@vendor.test" };
    const kelvin = "\u212A";
    expect(staffRoleOf({ ...nobody, email: `${kelvin}im@vendor.test`, emailVerified: true }, list)).toBeNull();
  });

  test("a group of the list", () => {
    expect(staffRoleOf({ ...nobody, groups: ["helpers"] }, settings)).toBe("support");
    expect(staffRoleOf({ ...nobody, groups: ["helpers", "keepers"] }, settings)).toBe("security");
    expect(staffRoleOf({ ...nobody, groups: ["Helpers", "keepers:security"] }, settings)).toBeNull();
  });

  test("nobody when nothing is configured", () => {
    const empty = { STAFF_EMAILS: "", STAFF_GROUP: "" };
    expect(staffRoleOf({ email: "", emailVerified: true, groups: [""] }, empty)).toBeNull();
  });

  test("security covers support and not the other way round", () => {
    expect(staffRoleCovers("security", "support")).toBe(true);
    expect(staffRoleCovers("support", "security")).toBe(false);
  });
});
