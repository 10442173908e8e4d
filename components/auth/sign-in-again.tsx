"use client";

import { usePathname } from "next/navigation";
import { TextLink } from "@/components/ui/text-link";

/** For a session that ended while a page was open: signs in and comes back to the same page. */
export function SignInAgain() {
  return <TextLink href={`/sign-in?callbackUrl=${encodeURIComponent(usePathname())}`}>Sign in again</TextLink>;
}
