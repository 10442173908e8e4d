import { expect, expectTypeOf, test } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { adminAccess, type impersonalAccess, type impersonalStaffAccess, memberAccess, staffAccess } from "./access";

const code = (work: () => unknown) => {
  try {
    work();
    return "allowed";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("an admin may look and change, a viewer may look", async () => {
  const admin = await member("admin");
  const viewer = await member("viewer", admin.customer.reference);
  const attempts = [admin, viewer].flatMap(({ person, customer }) => [
    code(() => memberAccess(person, customer.reference)),
    code(() => adminAccess(person, customer.reference)),
  ]);
  expect(attempts).toEqual(["allowed", "allowed", "allowed", "not-allowed"]);
});

test("somebody else's customer and one that does not exist are equally not found", async () => {
  const [mine, theirs] = [await member(), await member()];
  for (const reference of [theirs.customer.reference, "no-such-customer", ""]) {
    expect(code(() => memberAccess(mine.person, reference))).toBe("not-found");
    expect(code(() => adminAccess(mine.person, reference))).toBe("not-found");
  }
});

test("staff have no way into a customer but membership, and customers none to staff", async () => {
  const customer = await member();
  const sam = await signInAs({ email: "sam@vendor.test" });
  expect(code(() => memberAccess(sam, customer.customer.reference))).toBe("not-found");
  expect(staffAccess(customer.person, "support")).toBeNull();
});

test("a supporter may not do what needs the security role", async () => {
  const sam = await signInAs({ email: "sam@vendor.test" });
  const sasha = await signInAs({ email: "sasha@vendor.test" });
  const impostor = await signInAs({ email: "sasha@vendor.test", emailVerified: false });
  expect([sam, sasha, impostor].map((person) => staffAccess(person, "security")?.role)).toEqual([
    undefined,
    "security",
    undefined,
  ]);
  expect(staffAccess(sam, "support")?.role).toBe("support");
});

test("what is no person acts for a customer or the vendor as what it is, and no link or portal session as staff", () => {
  type Customers = Parameters<typeof impersonalAccess>[0]["actor"]["type"];
  type Staff = Parameters<typeof impersonalStaffAccess>[0]["actor"]["type"];
  expectTypeOf<Customers>().toEqualTypeOf<"portal-session" | "link" | "api-key" | "service" | "job" | "system">();
  expectTypeOf<Staff>().toEqualTypeOf<"api-key" | "service" | "job" | "system">();
});
