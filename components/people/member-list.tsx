import { Badge } from "@/components/ui/badge";
import { RelativeDay } from "@/components/ui/relative-time";
import type { MemberView } from "@/lib/people/schema";

export function MemberList({ members }: { members: readonly MemberView[] }) {
  return (
    <ul aria-label="Members" className="divide-y divide-line">
      {members.map(({ userId, name, email, role, since }) => (
        <li
          key={userId}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-3 first:pt-0 last:pb-0"
        >
          <div className="min-w-0">
            <p className="truncate font-medium">{name}</p>
            {email && email !== name ? <p className="truncate text-muted">{email}</p> : null}
          </div>
          <div className="flex items-center gap-4 text-[13px] text-muted">
            <span>
              Joined <RelativeDay at={since} />
            </span>
            <Badge>{role === "admin" ? "Admin" : "Viewer"}</Badge>
          </div>
        </li>
      ))}
    </ul>
  );
}
