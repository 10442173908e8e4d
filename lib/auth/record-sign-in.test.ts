import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { personOf } from "@/lib/tenancy/access";
import type { PersonClaims } from "./claims";
import { recordSignIn } from "./record-sign-in";

const claims = (given: Partial<PersonClaims>): PersonClaims => ({
  issuer: "https://id.test",
  subject: "ana",
  email: "ana@acme.test",
  emailVerified: true,
  trustedEmail: null,
  name: "Ana",
  groups: [],
  customers: [],
  ...given,
});

async function signIn(given: Partial<PersonClaims>) {
  const { user } = await recordSignIn(db, claims(given), new Date());
  return personOf(db, user, env);
}

test("a sign-in brings name, e-mail and groups up to date and makes no second person", async () => {
  const before = await signIn({ subject: "renamed" });
  const after = await signIn({
    subject: "renamed",
    name: "Ana Ferreira",
    email: "ana.ferreira@acme.test",
    groups: ["x"],
  });
  expect(after).toMatchObject({ id: before.id, name: "Ana Ferreira", email: "ana.ferreira@acme.test" });
});

test("the same e-mail from another subject or issuer is another person", async () => {
  const people = await Promise.all([
    signIn({ subject: "one" }),
    signIn({ subject: "two" }),
    signIn({ subject: "one", issuer: "https://elsewhere.test" }),
  ]);
  expect(new Set(people.map(({ id }) => id)).size).toBe(3);
});

test("a claimed customer is made when it is missing and joined when it is there", async () => {
  const ana = await signIn({ subject: "founder", customers: [{ reference: "founded", role: "admin" }] });
  const vera = await signIn({ subject: "joiner", customers: [{ reference: "founded", role: "viewer" }] });
  expect(vera.customers).toEqual([{ ...ana.customers[0], role: "viewer" }]);
});

test("what is no longer claimed is gone at the next sign-in; what was invited stays", async () => {
  const both = [
    { reference: "left", role: "admin" as const },
    { reference: "kept", role: "admin" as const },
  ];
  const ana = await signIn({ subject: "mover", customers: both });
  const left = ana.customers.find(({ reference }) => reference === "left");
  await db.membership.create({
    data: { userId: ana.id, customerId: left?.id ?? "", role: "viewer", source: "invitation" },
  });
  const later = await signIn({ subject: "mover", customers: [] });
  expect(later.customers.map(({ reference, role }) => ({ reference, role }))).toEqual([
    { reference: "left", role: "viewer" },
  ]);
});

test("a claim makes nobody staff", async () => {
  const person = await signIn({ subject: "climber", customers: [{ reference: "staff", role: "admin" }] });
  expect(person.staffRole).toBeNull();
});

test("two sign-ins of a new person at once make one person", async () => {
  const people = await Promise.all(
    Array.from({ length: 5 }, () => signIn({ subject: "hasty", customers: [{ reference: "hasty", role: "admin" }] })),
  );
  expect(new Set(people.map(({ id }) => id)).size).toBe(1);
});
