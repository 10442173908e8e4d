import { comparableEmail } from "@/lib/email";

export type StaffRole = "support" | "security";

/** Exact names: no part of one says anything else. */
export interface StaffSettings {
  STAFF_EMAILS: readonly string[];
  STAFF_GROUP: readonly string[];
  STAFF_SECURITY_EMAILS: readonly string[];
  STAFF_SECURITY_GROUP: readonly string[];
}

export interface StaffCandidate {
  email: string | null;
  emailVerified: boolean;
  groups: readonly string[];
}

/**
 * Who is staff is the operator's word alone, read at each request: no link, invitation or customer's claim can make anyone
 * staff, and taking a name off the list takes effect at once. An e-mail counts only when the provider verified it.
 */
export function staffRoleOf(person: StaffCandidate, settings: StaffSettings): StaffRole | null {
  const email = person.emailVerified && person.email ? comparableEmail(person.email) : null;
  const named = (emails: readonly string[], groups: readonly string[]) =>
    (email !== null && emails.some((name) => comparableEmail(name) === email)) ||
    groups.some((name) => person.groups.includes(name));
  if (named(settings.STAFF_SECURITY_EMAILS, settings.STAFF_SECURITY_GROUP)) return "security";
  return named(settings.STAFF_EMAILS, settings.STAFF_GROUP) ? "support" : null;
}

/** `security` may do all that `support` may. */
export function staffRoleCovers(role: StaffRole, needed: StaffRole): boolean {
  return role === "security" || role === needed;
}
