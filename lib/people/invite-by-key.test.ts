import { expect, test } from "vitest";
import { member } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { impersonalAccess } from "@/lib/tenancy/access";
import { invitePerson } from "./invite-person";

const actor = { type: "api-key", id: "0b0f6d0e-6a0e-4c57-9a43-2f3d5b7c9e11" } as const;

test("a key invites the first admin of a customer; from then on admins alone invite admins", async () => {
  const customer = await db.customer.create({ data: { reference: `new-${Date.now()}`, name: "New" } });
  const byKey = impersonalAccess({ customer, role: "admin", actor });
  const first = await invitePerson(byKey, { email: "first@new.test", role: "admin" }, new Date());
  expect(first.token).toMatch(/\S/);

  const admin = await member("admin", customer.reference);
  await expect(invitePerson(byKey, { email: "evil@new.test", role: "admin" }, new Date())).rejects.toMatchObject({
    code: "not-allowed",
  });
  expect(await db.invitation.count({ where: { email: "evil@new.test" } })).toBe(0);
  await invitePerson(byKey, { email: "viewer@new.test", role: "viewer" }, new Date());
  await invitePerson(admin, { email: "second@new.test", role: "admin" }, new Date());
});
