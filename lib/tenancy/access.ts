import "server-only";
import type { Actor } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { User } from "@/lib/generated/prisma/client";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { type StaffRole, type StaffSettings, staffRoleCovers, staffRoleOf } from "./staff";

interface CustomerMembership {
  id: string;
  reference: string;
  name: string;
  role: CustomerRole;
}

/** Who is signed in, with everything that decides what they may do. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
  staffRole: StaffRole | null;
  customers: CustomerMembership[];
}

/** What every verb of a customer takes: proof that this person may act for this customer. */
export interface CustomerAccess {
  person: Person;
  customer: { id: string; reference: string; name: string };
  role: CustomerRole;
  actor: Actor;
}

/** What every verb of staff takes. */
export interface StaffAccess {
  person: Person;
  role: StaffRole;
  actor: Actor;
}

export async function personOf(database: Database, user: User, settings: StaffSettings): Promise<Person> {
  const memberships = await database.membership.findMany({
    where: { userId: user.id },
    include: { customer: true },
    orderBy: { customer: { name: "asc" } },
  });
  const customers = new Map<string, CustomerMembership>();
  for (const { customer, role } of memberships) {
    const strongest = role === "admin" || customers.get(customer.id)?.role === "admin" ? "admin" : "viewer";
    customers.set(customer.id, {
      id: customer.id,
      reference: customer.reference,
      name: customer.name,
      role: strongest,
    });
  }
  return {
    id: user.id,
    name: user.name ?? user.email ?? "Somebody without a name",
    email: user.email,
    emailVerified: user.emailVerified,
    staffRole: staffRoleOf(user, settings),
    customers: [...customers.values()],
  };
}

/** Null when the person is no member, or only a viewer where an admin is needed. Staff have no way in but membership. */
export function customerAccess(person: Person, reference: string, needed: CustomerRole): CustomerAccess | null {
  const membership = person.customers.find((customer) => customer.reference === reference);
  if (!membership || (needed === "admin" && membership.role !== "admin")) return null;
  const { role, ...customer } = membership;
  return { person, customer, role, actor: { type: "customer", id: person.id } };
}

/** What a person may do, or an error with what they may know about why not. */
export function memberAccess(person: Person, reference: string): CustomerAccess {
  const access = customerAccess(person, reference, "viewer");
  if (!access) throw notFound("customer");
  return access;
}

export function adminAccess(person: Person, reference: string): CustomerAccess {
  const access = memberAccess(person, reference);
  if (access.role !== "admin") {
    throw new AppError(
      "not-allowed",
      `You can look at ${access.customer.name}, but changes are made by its admins. Ask one of them to do this or to invite you as an admin.`,
    );
  }
  return access;
}

export function staffAccess(person: Person, needed: StaffRole): StaffAccess | null {
  const role = person.staffRole;
  if (!role || !staffRoleCovers(role, needed)) return null;
  return { person, role, actor: { type: "staff", id: person.id } };
}
