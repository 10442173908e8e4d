"use client";

import Link from "next/link";
import { useBranding } from "@/components/layout/branding-context";
import { CenteredPage } from "@/components/layout/centered-page";
import { SignedInAs } from "@/components/layout/signed-in-as";
import { buttonStyle } from "@/components/ui/button";
import { WhoCan } from "./who-can";

interface OnlyAdminsProps {
  who: string | null;
  /** The team whose page was asked for, and the way to what its members may look at. */
  team: { name: string; href: string; admins: readonly string[] } | null;
}

export function OnlyAdmins({ who, team }: OnlyAdminsProps) {
  return (
    <CenteredPage branding={useBranding()} title="Only admins can do this">
      <div className="space-y-3">
        {team ? <WhoCan admins={team.admins} what="set up connections" /> : null}
        <SignedInAs who={who} />
      </div>
      <Link href={team?.href ?? "/"} className={buttonStyle({ variant: "primary", className: "mt-6" })}>
        {team ? `Back to ${team.name}` : "Back to the start"}
      </Link>
    </CenteredPage>
  );
}
