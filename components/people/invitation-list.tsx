import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { InvitationView } from "@/lib/people/schema";
import type { RevokeInvitation } from "./actions";
import { RevokeInvitationButton } from "./revoke-invitation-button";

interface InvitationListProps {
  customer: string;
  invitations: readonly InvitationView[];
  revokeInvitation: RevokeInvitation;
}

const words: Record<InvitationView["state"], string> = {
  open: "Open",
  accepted: "Accepted",
  revoked: "Revoked",
  expired: "Expired",
};

export function InvitationList({ customer, invitations, revokeInvitation }: InvitationListProps) {
  return (
    <ul aria-label="Invitations" className="divide-y divide-line">
      {invitations.map((invitation) => (
        <li
          key={invitation.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-3 first:pt-0 last:pb-0"
        >
          <div className="min-w-0">
            <p className="truncate font-medium">{invitation.email}</p>
            <p className="text-[13px] text-muted">
              {invitation.role === "admin" ? "Admin" : "Viewer"} · <Validity invitation={invitation} />
            </p>
          </div>
          <div className="flex items-center gap-3">
            <Badge tone={invitation.state === "open" ? "info" : "neutral"}>{words[invitation.state]}</Badge>
            {invitation.state === "open" ? (
              <RevokeInvitationButton
                customer={customer}
                invitationId={invitation.id}
                email={invitation.email}
                revokeInvitation={revokeInvitation}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Validity({ invitation }: { invitation: InvitationView }) {
  if (invitation.state === "open") {
    return (
      <>
        expires <RelativeTime at={invitation.expiresAt} />
      </>
    );
  }
  return (
    <>
      invited <RelativeTime at={invitation.createdAt} />
    </>
  );
}
