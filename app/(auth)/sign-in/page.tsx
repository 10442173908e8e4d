import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInButton } from "@/components/auth/sign-in-button";
import { CenteredPage } from "@/components/layout/centered-page";
import { Alert } from "@/components/ui/alert";
import { explainFault } from "@/lib/auth/explain-fault";
import { currentPerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { env } from "@/lib/env";
import { returnPath } from "./return-path";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; next?: string | string[]; error?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, next, error } = await searchParams;
  const wanted = callbackUrl ?? next;
  const returnTo = returnPath(typeof wanted === "string" ? wanted : undefined, env.BASE_URL);
  if (!error && (await currentPerson())) redirect(returnTo);
  return (
    <CenteredPage branding={branding} title={`Sign in to ${branding.productName}`}>
      <p className="mb-6 text-muted">Connect your AWS accounts, and see how they are used.</p>
      {error ? (
        <Alert tone="danger" title="You are not signed in" className="mb-5">
          {explainFault(String(error), branding.supportEmail)}
        </Alert>
      ) : null}
      <SignInButton returnTo={returnTo} />
    </CenteredPage>
  );
}
