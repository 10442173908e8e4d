"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccessLogEntryView, AccessLogFilter, StaffAccessLogEntryView } from "@/lib/access-log/schema";
import { actorName } from "./actor-words";
import { filterAddress } from "./filter-address";
import { OutcomeBadge } from "./outcome-badge";

export interface EntryListProps {
  rows: readonly (AccessLogEntryView | StaffAccessLogEntryView)[];
  productName: string;
  /** The page that the entries are on, and what else its address holds. */
  path: string;
  filter: AccessLogFilter;
  kept: Record<string, string>;
  /** For staff: whose entry each is. */
  showConnections?: boolean | undefined;
}

/**
 * One entry a row; on a phone its parts stand under each other. It runs in the browser too, so that what is sent for that is the
 * entries alone, not the whole list a second time.
 */
export function EntryList({ rows, ...rest }: EntryListProps) {
  return (
    <Card className="overflow-hidden">
      <div aria-hidden className="log-columns hidden px-6 py-2.5 font-medium text-muted text-xs">
        <span>When</span>
        <span>Outcome</span>
        <span>Purpose and actor</span>
        <span>In CloudTrail</span>
        <span>Session</span>
      </div>
      <ol aria-label="Access log" className="divide-y divide-line lg:border-line lg:border-t">
        {rows.map((row) => (
          <EntryRow key={row.id} row={row} {...rest} />
        ))}
      </ol>
    </Card>
  );
}

type EntryRowProps = Omit<EntryListProps, "rows"> & { row: EntryListProps["rows"][number] };

function EntryRow({ row, productName, path, filter, kept, showConnections }: EntryRowProps) {
  const { type, id } = row.actor;
  return (
    <li className="log-columns space-y-2.5 px-5 py-3.5 sm:px-6 lg:space-y-0">
      <div className="flex items-baseline justify-between gap-3 lg:block">
        <RelativeTime at={row.at} />
        <p className="whitespace-nowrap text-muted text-xs leading-5 tabular-nums">{cloudTrailTime(row.at)}</p>
      </div>
      <div>
        <OutcomeBadge outcome={row.outcome} probe={row.probe} />
        {row.errorCode ? <p className="mt-1 break-words text-[13px] text-muted">{row.errorCode}</p> : null}
      </div>
      <div className="min-w-0">
        <p className="break-words font-medium">{row.purpose}</p>
        <p className="break-words text-[13px] text-muted">
          by{" "}
          <Link
            href={filterAddress(path, { ...filter, actor: type, actorId: id }, kept)}
            prefetch={false}
            title="Only entries of this actor"
            className="quiet-link"
          >
            {actorName(row.actor, productName)}
          </Link>
        </p>
        {showConnections && "customerName" in row ? (
          <p className="break-words text-[13px] text-muted">
            {row.customerName} ·{" "}
            <Link
              href={filterAddress(path, filter, { connection: row.connectionId })}
              prefetch={false}
              title="Only entries of this connection"
              className="quiet-link"
            >
              {row.connectionName}
            </Link>
          </p>
        ) : null}
      </div>
      <Trail sessionName={row.sessionName} requestId={row.requestId} />
      <SessionFacts row={row} />
    </li>
  );
}

/** What the customer finds the same event by in CloudTrail. */
function Trail({ sessionName, requestId }: Pick<AccessLogEntryView, "sessionName" | "requestId">) {
  if (sessionName === "" && requestId === null)
    return <p className="text-[13px] text-muted">Refused by the portal itself; AWS was not asked.</p>;
  return (
    <dl className="min-w-0 space-y-0.5">
      {sessionName ? <TrailValue term="Session name" what="session name" value={sessionName} /> : null}
      {requestId ? <TrailValue term="Request ID" what="request ID" value={requestId} /> : null}
    </dl>
  );
}

function TrailValue({ term, what, value }: { term: string; what: string; value: string }) {
  return (
    <div className="flex min-w-0 items-start gap-1">
      <dt className="sr-only">{term}</dt>
      <dd className="min-w-0 break-all font-mono text-[12.5px] leading-5">{value}</dd>
      <dd className="-my-1.5">
        <CopyButton value={value} what={what} compact />
      </dd>
    </div>
  );
}

function SessionFacts({ row: { region, latencyMs, expiresAt } }: { row: AccessLogEntryView }) {
  return (
    <p className="text-[13px] text-muted leading-5">
      {region} <span aria-hidden>·</span> <span className="whitespace-nowrap tabular-nums">{latencyMs} ms</span>
      {expiresAt ? (
        <span className="block">
          {expiresAt > new Date() ? "expires" : "expired"} <RelativeTime at={expiresAt} />
        </span>
      ) : null}
    </p>
  );
}

/** Near to how CloudTrail writes it, to be compared by eye. */
function cloudTrailTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
