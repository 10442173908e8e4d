"use client";

import Link from "next/link";
import { useBranding } from "@/components/layout/branding-context";
import { CenteredPage } from "@/components/layout/centered-page";
import { SignedInAs } from "@/components/layout/signed-in-as";
import { buttonStyle } from "@/components/ui/button";

/** Tells support of a page that is for security. */
export function OnlySecurity({ who }: { who: string }) {
  return (
    <CenteredPage branding={useBranding()} title="Only security staff can open this">
      <div className="space-y-3">
        <p className="text-muted">
          Your role is support. Ask someone with the role security, or ask whoever runs the portal for that role.
        </p>
        <SignedInAs who={who} />
      </div>
      <Link href="/staff" className={buttonStyle({ variant: "primary", className: "mt-6" })}>
        Back to the connections
      </Link>
    </CenteredPage>
  );
}
