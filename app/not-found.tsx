import type { Metadata } from "next";
import Link from "next/link";
import { CenteredPage } from "@/components/layout/centered-page";
import { SignedInAs } from "@/components/layout/signed-in-as";
import { buttonStyle } from "@/components/ui/button";
import { currentPerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const person = await currentPerson();
  return (
    <CenteredPage branding={branding} title="There is nothing here">
      <div className="space-y-3">
        <p className="text-muted">The page was moved or removed, or it belongs to someone else.</p>
        <SignedInAs who={person && (person.email ?? person.name)} />
      </div>
      <Link href="/" className={buttonStyle({ variant: "primary", className: "mt-6" })}>
        Back to the start
      </Link>
    </CenteredPage>
  );
}
