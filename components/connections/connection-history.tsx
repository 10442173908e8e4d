import { RelativeTime } from "@/components/ui/relative-time";
import type { StaffConnectionDetail } from "@/lib/connections/schema";
import { StatusBadge } from "./status-badge";

interface ConnectionHistoryProps {
  history: StaffConnectionDetail["history"];
  createdAt: Date;
}

/** Changes of status, newest first, down to the day the connection was created. */
export function ConnectionHistory({ history, createdAt }: ConnectionHistoryProps) {
  const newestFirst = [...history].sort((one, other) => other.at.getTime() - one.at.getTime());
  return (
    <ol className="space-y-4">
      {newestFirst.map(({ to, cause, at }) => (
        <li key={at.toISOString()}>
          <div className="flex items-center justify-between gap-3">
            <StatusBadge status={to} />
            <p className="text-[13px] text-muted">
              <RelativeTime at={at} />
            </p>
          </div>
          <p className="mt-1.5">{cause}</p>
        </li>
      ))}
      <li className="flex items-center justify-between gap-3 text-muted">
        <p>Created</p>
        <p className="text-[13px]">
          <RelativeTime at={createdAt} />
        </p>
      </li>
    </ol>
  );
}
