import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionDetail } from "@/lib/connections/schema";
import { StatusBadge } from "./status-badge";

interface ConnectionHistoryProps {
  history: ConnectionDetail["history"];
  createdAt: Date;
}

/** Changes of status, newest first, down to the day the connection was created. */
export function ConnectionHistory({ history, createdAt }: ConnectionHistoryProps) {
  const newestFirst = [...history].sort((one, other) => other.at.getTime() - one.at.getTime());
  return (
    <ol className="space-y-4">
      {newestFirst.map(({ to, cause, at }) => (
        <li key={at.toISOString()} className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <StatusBadge status={to} />
          <p className="min-w-0 flex-1 basis-40">{cause}</p>
          <p className="text-[13px] text-muted leading-5">
            <RelativeTime at={at} />
          </p>
        </li>
      ))}
      <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 text-muted">
        <p>Created</p>
        <p className="text-[13px] leading-5">
          <RelativeTime at={createdAt} />
        </p>
      </li>
    </ol>
  );
}
