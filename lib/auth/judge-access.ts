import "server-only";
import { AppError, notFound } from "@/lib/errors";
import { type CustomerAccess, customerAccess, type Person } from "./access";

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
