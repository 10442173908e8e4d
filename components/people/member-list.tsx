import { Badge } from "@/components/ui/badge";
import { RelativeDay } from "@/components/ui/relative-time";
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
    <ul aria-label="Members" className="divide-y divide-line">
      {members.map((member) => (
        <li
          key={member.userId}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-3 first:pt-0 last:pb-0"
        >
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
        </li>
      ))}
    </ul>
  );
}
