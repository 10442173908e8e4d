"use client";

import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import { useBranding } from "./branding-context";
import { CenteredPage } from "./centered-page";
import { SignedInAs } from "./signed-in-as";

/** In the browser too: what is sent of it comes along with every page, as the page to show if that one is not there. */
export function NothingHere({ who }: { who: string | null }) {
  return (
    <CenteredPage branding={useBranding()} title="There is nothing here">
      <div className="space-y-3">
        <p className="text-muted">The page was moved or removed, or it belongs to someone else.</p>
        <SignedInAs who={who} />
      </div>
      <Link href="/" className={buttonStyle({ variant: "primary", className: "mt-6" })}>
        Back to the start
      </Link>
    </CenteredPage>
  );
}
