import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import {
  customerAccess,
  type Person,
  type PersonalAccess,
  type PersonalStaffAccess,
  staffAccess,
} from "@/lib/tenancy/access";
import type { StaffRole } from "@/lib/tenancy/staff";
import { requestedPathHeader } from "./requested-path";
import { sessionCookie } from "./session-cookie";
import { findPerson } from "./sessions";

/** Who asks, looked up in the database once per request; null when no one is signed in. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const token = await currentSessionToken();
  if (!token) return null;
  return findPerson(db, token, { now: databaseTime(), settings: env });
});

export async function currentSessionToken(): Promise<string | undefined> {
  return (await cookies()).get(sessionCookie(env.BASE_URL).name)?.value;
}

/** For pages: sends anyone who is not signed in to the sign-in page, and back to the page that was asked for afterwards. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  const returnTo = (await headers()).get(requestedPathHeader) ?? "/";
  redirect(returnTo === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

/**
 * For pages of a customer. Anyone who is not a member gets the page for what does not exist; a viewer, where an admin is needed, the one
 * that says who can.
 */
export async function requireCustomer(reference: string, role: CustomerRole = "viewer"): Promise<PersonalAccess> {
  const person = await requirePerson();
  const access = customerAccess(person, reference, role);
  if (access) return access;
  return customerAccess(person, reference, "viewer") ? forbidden() : notFound();
}

/**
 * For staff pages. Anyone who is not staff gets the page for what does not exist; support, where security is needed, the one that says
 * who can.
 */
export async function requireStaff(role: StaffRole = "support"): Promise<PersonalStaffAccess> {
  const person = await requirePerson();
  const access = staffAccess(person, role);
  if (access) return access;
  return staffAccess(person, "support") ? forbidden() : notFound();
}
