import { comparableEmail } from "./email";

export type StaffRole = "support" | "security";

export interface StaffSettings {
  /** `mail@example.com` or `mail@example.com:security`, comma separated. */
  STAFF_EMAILS: string;
  /** `group` or `group:security`, comma separated. */
  STAFF_GROUP: string;
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
  const email = person.emailVerified && person.email ? comparableEmail(person.email) : undefined;
  const roles = [
    ...entries(settings.STAFF_EMAILS).filter(({ name }) => comparableEmail(name) === email),
    ...entries(settings.STAFF_GROUP).filter(({ name }) => person.groups.includes(name)),
  ].map(({ role }) => role);
  if (roles.includes("security")) return "security";
  return roles.includes("support") ? "support" : null;
}

/** `security` may do all that `support` may. */
export function staffRoleCovers(role: StaffRole, needed: StaffRole): boolean {
  return role === "security" || role === needed;
}

function entries(list: string): { name: string; role: StaffRole }[] {
  return list
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const [, name, role] = /^(.*):(support|security)$/.exec(entry) ?? [];
      return name && role
        ? { name, role: role === "security" ? "security" : "support" }
        : { name: entry, role: "support" };
    });
}
