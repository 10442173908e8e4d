import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { connectionsPath } from "@/components/connections/paths";
import { CenteredPage } from "@/components/layout/centered-page";
import { TextLink } from "@/components/ui/text-link";
import { requirePerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";

export default async function HomePage() {
  const person = await requirePerson();
  if (person.staffRole) redirect("/staff");
  const [only, ...others] = person.customers;
  if (!only) return <NoAccess who={person.email ?? person.name} />;
  if (others.length === 0) redirect(connectionsPath(only.reference));
  return (
    <CenteredPage branding={branding} title="Choose a team">
      <ul className="-mx-2 mt-4">
        {person.customers.map(({ reference, name }) => (
          <li key={reference}>
            <Link
              href={connectionsPath(reference)}
              className="flex items-center justify-between gap-3 rounded-lg p-2.5 font-medium hover:bg-hover"
            >
              <span className="truncate">{name}</span>
              <ChevronRight aria-hidden className="size-4 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </CenteredPage>
  );
}

function NoAccess({ who }: { who: string }) {
  return (
    <CenteredPage branding={branding} title="No access yet">
      <p className="text-muted">
        You are signed in as {who}, but you are not a member of any team here. Ask an admin of your team to invite this
        address, or write to{" "}
        <a href={`mailto:${branding.supportEmail}`} className="text-accent-ink underline underline-offset-2">
          {branding.supportEmail}
        </a>
        .
      </p>
      <p className="mt-5">
        <TextLink href="/sign-out">Sign in as someone else</TextLink>
      </p>
    </CenteredPage>
  );
}
