import Link from "next/link";
import { connectionsPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import type { InvitationPreview } from "@/lib/people/schema";

interface EndedInvitationProps {
  invitation: InvitationPreview;
  isSignedIn: boolean;
}

/** What an invitation says that cannot be accepted any more, and where to go instead. */
export function EndedInvitation({ invitation: { state, team, invitedBy, home }, isSignedIn }: EndedInvitationProps) {
  return (
    <div className="space-y-5">
      <div className="space-y-2" role="status">
        <p className="font-medium">{titles[state]}</p>
        <p className="text-muted">
          {state === "accepted"
            ? `Each invitation to ${team} works once. If you accepted it, you are a member and need no link any more.`
            : `It was for the team ${team}. Ask ${invitedBy}, or another admin of the team, for a new one.`}
        </p>
      </div>
      {home ? (
        <Link href={connectionsPath(home)} className={buttonStyle({ variant: "primary", size: "large" })}>
          Go to {team}
        </Link>
      ) : isSignedIn ? (
        <Link href="/sign-out" className={buttonStyle()}>
          Sign in as someone else
        </Link>
      ) : (
        <Link href="/sign-in" className={buttonStyle({ variant: "primary" })}>
          Sign in
        </Link>
      )}
    </div>
  );
}

const titles: Record<InvitationPreview["state"], string> = {
  open: "This invitation is open",
  accepted: "This invitation was used",
  revoked: "This invitation was withdrawn, or replaced by a newer one",
  expired: "This invitation is older than seven days and no longer works",
};
