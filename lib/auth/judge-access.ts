import "server-only";
import { AppError, notFound } from "@/lib/errors";
import { type CustomerAccess, customerAccess, type Person, type StaffAccess, staffAccess } from "./access";
import type { StaffRole } from "./staff";

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

/** Whoever is not staff learns nothing about what staff can do. */
export function staffMemberAccess(person: Person, role: StaffRole): StaffAccess {
  const access = staffAccess(person, role);
  if (access) return access;
  if (!person.staffRole) throw notFound("page");
  throw new AppError("not-allowed", `This needs the staff role ${role}. Ask whoever runs this portal for it.`);
}
