import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInButton } from "@/components/auth/sign-in-button";
import { CenteredPage } from "@/components/layout/centered-page";
import { Alert } from "@/components/ui/alert";
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
          {explain(String(error))}
        </Alert>
      ) : null}
      <SignInButton returnTo={returnTo} />
    </CenteredPage>
  );
}

/** The codes of next-auth, in words. */
function explain(code: string): string {
  switch (code) {
    case "AccessDenied":
      return "Your identity provider, or this portal, did not let you in. Ask your administrator whether you have access.";
    case "SessionRequired":
      return "Your session has ended. Sign in again to continue.";
    case "OAuthSignin":
    case "Configuration":
      return `Your identity provider cannot be reached at the moment. Try again in a minute, or write to ${branding.supportEmail}.`;
    case "OAuthCallback":
    case "Callback":
      return "The sign-in was cancelled, took too long, or was started in another window. Try again.";
    default:
      return `Something went wrong during sign-in. Try again, or write to ${branding.supportEmail}.`;
  }
}
