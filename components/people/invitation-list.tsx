import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { InvitationView } from "@/lib/people/schema";
import type { InvitationActions } from "./actions";
import { InvitationButtons } from "./invitation-buttons";

interface InvitationListProps {
  customer: string;
  invitations: readonly InvitationView[];
  actions: InvitationActions;
}

const words: Record<InvitationView["state"], string> = {
  open: "Open",
  accepted: "Accepted",
  revoked: "Revoked",
  expired: "Expired",
};

export function InvitationList({ customer, invitations, actions }: InvitationListProps) {
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
          <div className="flex min-w-0 flex-wrap items-center justify-end gap-x-3 gap-y-2">
            <Badge tone={invitation.state === "open" ? "info" : "neutral"}>{words[invitation.state]}</Badge>
            {invitation.state === "accepted" ? null : <InvitationButtons {...{ customer, invitation, actions }} />}
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
