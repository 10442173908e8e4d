import { Badge } from "@/components/ui/badge";
import { RelativeDay } from "@/components/ui/relative-time";
import { Row, RowList } from "@/components/ui/row-list";
import type { MemberView } from "@/lib/people/schema";
import type { MemberActions } from "./actions";
import { MemberMenu } from "./member-menu";

interface MemberListProps {
  customer: string;
  members: readonly MemberView[];
  /** Who looks at it. */
  me: string;
  /** Admins change others; everyone may leave. */
  mayChange: boolean;
  actions: MemberActions;
}

export function MemberList({ members, me, mayChange, ...rest }: MemberListProps) {
  return (
    <RowList label="Members">
      {members.map((member) => (
        <Row key={member.userId}>
          <div className="min-w-0">
            <p className="truncate font-medium">
              {member.name}
              {member.userId === me ? <span className="font-normal text-muted"> (you)</span> : null}
            </p>
            {member.email && member.email !== member.name ? (
              <p className="truncate text-muted">{member.email}</p>
            ) : null}
          </div>
          <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1 text-[13px] text-muted">
            <span>
              Joined <RelativeDay at={member.since} />
            </span>
            <Badge>{member.role === "admin" ? "Admin" : "Viewer"}</Badge>
            {mayChange || member.userId === me ? (
              <MemberMenu {...rest} member={member} isMe={member.userId === me} mayChange={mayChange} />
            ) : null}
          </div>
        </Row>
      ))}
    </RowList>
  );
}
