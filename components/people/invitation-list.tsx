import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Row, RowList } from "@/components/ui/row-list";
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
    <RowList label="Invitations">
      {invitations.map((invitation) => (
        <Row key={invitation.id}>
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
        </Row>
      ))}
    </RowList>
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
