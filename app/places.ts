import { connectionsPath } from "@/components/connections/paths";
import type { AccountMenuProps } from "@/components/layout/account-menu";
import type { Person } from "@/lib/tenancy/access";

/** Where a person may go. `current` is a customer's reference, or "staff". */
export function placesOf(person: Person, current: string): AccountMenuProps["places"] {
  const customers = person.customers.map(({ reference, name }) => ({
    title: name,
    href: connectionsPath(reference),
    current: reference === current,
  }));
  if (!person.staffRole) return customers;
  return [{ title: "Staff", href: "/staff", current: current === "staff" }, ...customers];
}
