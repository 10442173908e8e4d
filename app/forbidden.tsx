import type { Metadata } from "next";
import { headers } from "next/headers";
import { connectionsPath } from "@/components/connections/paths";
import { OnlyAdmins } from "@/components/people/only-admins";
import { OnlySecurity } from "@/components/people/only-security";
import { requestedPathHeader } from "@/lib/auth/requested-path";
import { currentPerson } from "@/lib/auth/session";
import { adminNames } from "@/lib/people/queries";
import { customerAccess } from "@/lib/tenancy/access";

export const metadata: Metadata = { title: "Not for you" };

/**
 * For members who may look at a team, at what only its admins may open, and for support at what is for security. Next makes it along with
 * every page that someone opens.
 */
export default async function Forbidden() {
  const person = await currentPerson();
  const path = (await headers()).get(requestedPathHeader) ?? "";
  if (person?.staffRole && /^\/staff\b/.test(path))
    return person.staffRole === "security" ? null : <OnlySecurity who={person.email ?? person.name} />;
  const [, segment = ""] = /^\/c\/([^/?]+)/.exec(path) ?? [];
  const reference = decodeURIComponent(segment);
  if (person && customerAccess(person, reference, "admin")) return null;
  const access = person && customerAccess(person, reference, "viewer");
  return (
    <OnlyAdmins
      who={person && (person.email ?? person.name)}
      team={
        access && {
          name: access.customer.name,
          href: connectionsPath(access.customer.reference),
          admins: await adminNames(access),
        }
      }
    />
  );
}
