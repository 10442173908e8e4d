import "server-only";
import { AppError, notFound } from "@/lib/errors";
import { type CustomerAccess, customerAccess, type Person, type StaffAccess, staffAccess } from "./access";
import { currentPerson } from "./session";
import type { StaffRole } from "./staff";

/** Guards of server actions: they throw what the person may know, and answer with what the verb needs. */
export async function signedIn(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  throw new AppError("not-signed-in", "Your session has ended. Sign in again; what you typed is still on this page.");
}

export async function customerMember(input: { customer: string }): Promise<CustomerAccess> {
  return memberAccess(await signedIn(), input.customer);
}

export async function customerAdmin(input: { customer: string }): Promise<CustomerAccess> {
  return adminAccess(await signedIn(), input.customer);
}

/** Guard for staff who have at least this role. */
export function staff(role: StaffRole = "support"): () => Promise<StaffAccess> {
  return async () => staffMemberAccess(await signedIn(), role);
}

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

/** Whoever is not staff learns nothing about what staff can do. */
export function staffMemberAccess(person: Person, role: StaffRole): StaffAccess {
  const access = staffAccess(person, role);
  if (access) return access;
  if (!person.staffRole) throw notFound("page");
  throw new AppError("not-allowed", `This needs the staff role ${role}. Ask whoever runs this portal for it.`);
}
