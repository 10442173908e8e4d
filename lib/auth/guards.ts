import "server-only";
import { AppError, notFound } from "@/lib/errors";
import {
  adminAccess,
  memberAccess,
  type Person,
  type PersonalAccess,
  type PersonalStaffAccess,
  staffAccess,
} from "@/lib/tenancy/access";
import { currentPerson } from "./session";

/** Guards of server actions: they throw what the person may know, and answer with what the verb needs. */
export async function signedIn(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  throw new AppError("not-signed-in", "Your session has ended. Sign in again; what you typed is still on this page.");
}

/** For what everyone may ask, signed in or not; null is who is not. */
export async function anyone(): Promise<Person | null> {
  return currentPerson();
}

export async function customerMember(input: { customer: string }): Promise<PersonalAccess> {
  return memberAccess(await signedIn(), input.customer);
}

export async function customerAdmin(input: { customer: string }): Promise<PersonalAccess> {
  return adminAccess(await signedIn(), input.customer);
}

/** Anyone who is not staff learns nothing about what staff can do. */
export async function staffMember(): Promise<PersonalStaffAccess> {
  const access = staffAccess(await signedIn(), "support");
  if (!access) throw notFound("page");
  return access;
}

/** Support is told who can; anyone else learns nothing about what staff can do. */
export async function securityMember(): Promise<PersonalStaffAccess> {
  const { person } = await staffMember();
  const access = staffAccess(person, "security");
  if (access) return access;
  throw new AppError("not-allowed", "Only staff with the role security can do this. Ask one of them.");
}
