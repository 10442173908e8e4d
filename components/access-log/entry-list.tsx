"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccessLogEntryView, AccessLogFilter, ProbingRun } from "@/lib/access-log/schema";
import { actorName } from "./actor-words";
import { filterAddress } from "./filter-address";
import { type Entry, groupEntries, probesOutcome } from "./group-entries";
import { LocalTime } from "./local-time";
import { OutcomeBadge } from "./outcome-badge";
import { sourceWords } from "./source-words";

export interface EntryListProps {
  rows: readonly Entry[];
  /** The verifications whose probes are among them; each is one row then. */
  runs: readonly ProbingRun[];
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
export function EntryList({ rows, runs, ...rest }: EntryListProps) {
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
        {groupEntries(rows, runs).map((group) =>
          group.kind === "entry" ? (
            <li key={group.entry.id}>
              <EntryRow row={group.entry} {...rest} />
            </li>
          ) : (
            <ProbesRow key={group.run.id} run={group.run} entries={group.entries} {...rest} />
          ),
        )}
      </ol>
    </Card>
  );
}

type EntryRowProps = Omit<EntryListProps, "rows" | "runs"> & { row: Entry };

type ProbesRowProps = Omit<EntryListProps, "rows" | "runs"> & { run: ProbingRun; entries: readonly Entry[] };

/** All that one verification asked AWS, of which some must be refused: one row, which opens to each of them. */
function ProbesRow({ run, entries, ...rest }: ProbesRowProps) {
  const [first] = entries;
  const { words, alarm } = probesOutcome(run);
  if (!first) return null;
  return (
    <li>
      <details className="group/probes">
        <summary className="log-columns list-none space-y-1.5 px-5 py-3.5 hover:bg-hover/60 focus-visible:-outline-offset-2 sm:px-6 lg:space-y-0">
          <When at={first.at} />
          <span className={alarm ? "font-medium text-danger" : "text-muted"}>Verification</span>
          <span className="flex items-start justify-between gap-3 lg:col-span-3">
            <span className="min-w-0">
              <span className="font-medium">
                {entries.length} probes, {words}
              </span>
              <span className="block text-[13px] text-muted">by {actorName(first.actor, rest.productName)}</span>
            </span>
            <span
              aria-hidden
              className="glyph glyph-chevron mt-0.5 text-muted transition-transform group-open/probes:rotate-90"
            />
          </span>
        </summary>
        <ul aria-label="Probes" className="divide-y divide-line border-line border-t bg-sunken/50">
          {entries.map((entry) => (
            <li key={entry.id}>
              <EntryRow row={entry} {...rest} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function When({ at }: { at: Date }) {
  return (
    <span className="log-when">
      <RelativeTime at={at} />
      <span className="log-clock">
        {cloudTrailTime(at)}
        <LocalTime at={at} />
      </span>
    </span>
  );
}

function EntryRow({ row, productName, path, filter, kept, showConnections }: EntryRowProps) {
  const { type, id } = row.actor;
  return (
    <div className="log-row">
      <When at={row.at} />
      <div>
        <OutcomeBadge outcome={row.outcome} probe={row.probe} />
        {row.source ? <p className="mt-1">{sourceWords[row.source]}</p> : null}
        {row.errorCode ? <p className="mt-1">{row.errorCode}</p> : null}
      </div>
      <div>
        <p className="log-purpose">{row.purpose}</p>
        <p>
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
          <p>
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
    </div>
  );
}

/** What the customer finds the same event by in CloudTrail. */
function Trail({ sessionName, requestId }: Pick<AccessLogEntryView, "sessionName" | "requestId">) {
  if (sessionName === "" && requestId === null) return <p>Refused by the portal itself; AWS was not asked.</p>;
  return (
    <dl className="log-trail">
      {sessionName ? <TrailValue term="Session name" what="session name" value={sessionName} /> : null}
      {requestId ? <TrailValue term="Request ID" what="request ID" value={requestId} /> : null}
    </dl>
  );
}

function TrailValue({ term, what, value }: { term: string; what: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
      <dd>
        <CopyButton value={value} what={what} compact />
      </dd>
    </div>
  );
}

function SessionFacts({ row: { region, latencyMs, expiresAt, source } }: { row: AccessLogEntryView }) {
  return (
    <p>
      {region}
      {source === null ? (
        <>
          {" "}
          <span aria-hidden>·</span> <span className="whitespace-nowrap">{latencyMs} ms</span>
        </>
      ) : null}
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
