import type { Metadata } from "next";
import Link from "next/link";
import { connectionsPath, setupPath } from "@/components/connections/paths";
import { CenteredPage } from "@/components/layout/centered-page";
import { buttonStyle } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { requirePerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { listConnections } from "@/lib/connections/queries";
import { customerAccess, type Person } from "@/lib/tenancy/access";

export const metadata: Metadata = { title: "Connect AWS" };

/** The entry page that the vendor's app links to: begins or resumes. Opening it changes nothing. */
export default async function IntegratePage() {
  const person = await requirePerson();
  const teams = await Promise.all(adminTeams(person).map(withUnfinished));
  return (
    <CenteredPage branding={branding} title="Connect your AWS account">
      <p className="text-muted">
        {branding.productName} gets its own role in your account: no keys, only the permissions you see first, and you
        can end it at any time.
      </p>
      {teams.map(({ reference, name, unfinished }) => (
        <section key={reference} className="mt-6 space-y-3 border-line border-t pt-5">
          {teams.length > 1 ? <h2 className="font-medium">{name}</h2> : null}
          {unfinished.map((connection) => (
            <Link
              key={connection.id}
              href={setupPath(reference, connection.id)}
              className="flex items-center justify-between gap-4 rounded-lg border border-line px-4 py-3 hover:bg-hover"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">Resume {connection.name}</span>
                <span className="text-[13px] text-muted">
                  Begun <RelativeTime at={connection.createdAt} />
                </span>
              </span>
            </Link>
          ))}
          <Link
            href={`${connectionsPath(reference)}/new`}
            className={buttonStyle({ variant: "primary", size: "large", className: "w-full" })}
          >
            Connect an AWS account
          </Link>
        </section>
      ))}
      {teams.length === 0 ? (
        <div className="mt-5 space-y-5">
          <p>{whyNot(person)}</p>
          <Link href="/" className={buttonStyle()}>
            Back to the start
          </Link>
        </div>
      ) : null}
    </CenteredPage>
  );
}

function whyNot({ customers, staffRole }: Person): string {
  if (staffRole && customers.length === 0)
    return "You are signed in as staff. Customers connect their own accounts; the staff pages show every connection.";
  return "Only an admin of your team can connect an account. Ask one to do it, or to make you an admin.";
}

function adminTeams(person: Person) {
  return person.customers.flatMap(({ reference }) => customerAccess(person, reference, "admin") ?? []);
}

async function withUnfinished(access: ReturnType<typeof adminTeams>[number]) {
  const connections = await listConnections(access);
  return { ...access.customer, unfinished: connections.filter(({ status }) => status === "pending") };
}
