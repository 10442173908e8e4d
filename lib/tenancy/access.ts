import "server-only";
import type { Actor, ActorType } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { User } from "@/lib/generated/prisma/client";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { type StaffRole, type StaffSettings, staffRoleCovers, staffRoleOf } from "./staff";

export interface CustomerMembership {
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
  /** The address whose invitations they may accept: verified by the provider or trusted by the operator. */
  invitedAs: string | null;
  staffRole: StaffRole | null;
  customers: CustomerMembership[];
}

/** What every verb of a customer takes: proof that this actor, person or not, may act for this customer. */
export interface CustomerAccess {
  customer: { id: string; reference: string; name: string };
  role: CustomerRole;
  actor: Actor;
}

/** What verbs take that only a person may call; the portal's guards give it to members. */
export interface PersonalAccess extends CustomerAccess {
  person: Person;
  actor: ActorOf<"customer">;
}

/** What every verb of staff takes, whether one of them asks or what acts for the vendor. */
export interface StaffAccess {
  role: StaffRole;
  actor: Actor;
}

/** What the portal's guards give to staff. */
export interface PersonalStaffAccess extends StaffAccess {
  person: Person;
  actor: ActorOf<"staff">;
}

type ActorOf<Type extends ActorType> = Actor & { type: Type };

/** An actor that is not a person. */
export type ImpersonalActor = ActorOf<Exclude<ActorType, "customer" | "staff">>;

/** No link and no portal session makes anyone staff. */
export type ImpersonalStaffActor = ActorOf<Exclude<ImpersonalActor["type"], "link" | "portal-session">>;

export type PersonSettings = StaffSettings & { OIDC_TRUST_EMAIL: boolean };

export async function personOf(database: Database, user: User, settings: PersonSettings): Promise<Person> {
  const memberships = await database.membership.findMany({
    where: { userId: user.id },
    include: { customer: true },
    orderBy: { customer: { name: "asc" } },
  });
  const rows = memberships.map(({ customer: { id, reference, name }, role }) => ({ id, reference, name, role }));
  return personFrom(user, rows, settings);
}

/** A person from what is stored. A customer who is there twice, by claim and by invitation, counts with the stronger role. */
export function personFrom(
  user: Pick<User, "id" | "name" | "email" | "emailVerified" | "trustedEmail" | "groups">,
  memberships: readonly CustomerMembership[],
  settings: PersonSettings,
): Person {
  const customers = new Map<string, CustomerMembership>();
  for (const membership of memberships) {
    const { id, role } = membership;
    const strongest = role === "admin" || customers.get(id)?.role === "admin" ? "admin" : "viewer";
    customers.set(id, { ...membership, role: strongest });
  }
  return {
    id: user.id,
    name: user.name ?? user.email ?? "Someone without a name",
    email: user.email,
    emailVerified: user.emailVerified,
    invitedAs:
      user.emailVerified || (settings.OIDC_TRUST_EMAIL && user.trustedEmail === user.email) ? user.email : null,
    staffRole: staffRoleOf(user, settings),
    customers: [...customers.values()],
  };
}

/** Null when the person is no member, or only a viewer where an admin is needed. Staff have no way in but membership. */
export function customerAccess(person: Person, reference: string, needed: CustomerRole): PersonalAccess | null {
  const membership = person.customers.find((customer) => customer.reference === reference);
  if (!membership || (needed === "admin" && membership.role !== "admin")) return null;
  const { role, ...customer } = membership;
  return { person, customer, role, actor: customerActor(person) };
}

/** A person as a customer's member, also while becoming one. */
export function customerActor({ id }: Person): ActorOf<"customer"> {
  return { type: "customer", id };
}

/** For an actor that is no person. Whoever calls this has checked its key, link or token: customer and role are theirs to say. */
export function impersonalAccess(checked: {
  customer: CustomerAccess["customer"];
  role: CustomerRole;
  actor: ImpersonalActor;
}): CustomerAccess {
  return checked;
}

/** What a person may do, or an error with what they may know about why not. */
export function memberAccess(person: Person, reference: string): PersonalAccess {
  const access = customerAccess(person, reference, "viewer");
  if (!access) throw notFound("customer");
  return access;
}

export function adminAccess(person: Person, reference: string): PersonalAccess {
  const access = memberAccess(person, reference);
  if (access.role !== "admin") {
    throw new AppError(
      "not-allowed",
      `You can look at ${access.customer.name}, but only its admins can change it. Ask one of them to do this or to invite you as an admin.`,
    );
  }
  return access;
}

export function staffAccess(person: Person, needed: StaffRole): PersonalStaffAccess | null {
  const role = person.staffRole;
  if (!role || !staffRoleCovers(role, needed)) return null;
  return { person, role, actor: { type: "staff", id: person.id } };
}

/** For what acts for the vendor and is no person, checked by whoever calls this. */
export function impersonalStaffAccess(checked: { role: StaffRole; actor: ImpersonalStaffActor }): StaffAccess {
  return checked;
}
