import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutEverywhere } from "@/components/auth/sign-out-everywhere";
import { CenteredPage } from "@/components/layout/centered-page";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { revokeMySessions, signOut } from "@/lib/auth/actions";
import { currentPerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";

export const metadata: Metadata = { title: "Sign out" };

export default async function SignOutPage() {
  const person = await currentPerson();
  if (!person) redirect("/sign-in");
  return (
    <CenteredPage branding={branding} title="Sign out?">
      <p className="mb-6 text-muted">You are signed in as {person.email ?? person.name}.</p>
      <div className="space-y-3">
        <form action={signOut}>
          <Button type="submit" variant="primary" size="large" className="w-full">
            Sign out
          </Button>
        </form>
        <SignOutEverywhere revokeMySessions={revokeMySessions} />
        <p className="pt-2 text-center">
          <TextLink href="/">Stay signed in</TextLink>
        </p>
      </div>
    </CenteredPage>
  );
}
