import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { connectionsPath } from "@/components/connections/paths";
import { CenteredPage } from "@/components/layout/centered-page";
import { SignedInAs } from "@/components/layout/signed-in-as";
import { WhoCan } from "@/components/people/who-can";
import { buttonStyle } from "@/components/ui/button";
import { requestedPathHeader } from "@/lib/auth/requested-path";
import { currentPerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { adminNames } from "@/lib/people/queries";
import { customerAccess } from "@/lib/tenancy/access";

export const metadata: Metadata = { title: "For admins" };

/** For members who may look at a team, at what only its admins may open. */
export default async function Forbidden() {
  const person = await currentPerson();
  const path = (await headers()).get(requestedPathHeader) ?? "";
  const [, reference = ""] = /^\/c\/([^/?]+)/.exec(path) ?? [];
  const access = person && customerAccess(person, decodeURIComponent(reference), "viewer");
  return (
    <CenteredPage branding={branding} title="Only admins can do this">
      <div className="space-y-3">
        {access ? <WhoCan admins={await adminNames(access)} what="set up connections" /> : null}
        <SignedInAs who={person && (person.email ?? person.name)} />
      </div>
      <Link
        href={access ? connectionsPath(access.customer.reference) : "/"}
        className={buttonStyle({ variant: "primary", className: "mt-6" })}
      >
        {access ? `Back to ${access.customer.name}` : "Back to the start"}
      </Link>
    </CenteredPage>
  );
}
