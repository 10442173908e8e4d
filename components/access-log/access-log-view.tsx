import { Download, ScrollText, SearchX } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import type { AccessLogFilter, AccessLogPage, StaffAccessLogPage } from "@/lib/access-log/schema";
import { type ActorTypeWords, actorName } from "./actor-words";
import { DatePresets } from "./date-presets";
import { EntryList } from "./entry-list";
import { EntrySkeleton } from "./entry-skeleton";
import { filterAddress } from "./filter-address";
import { LogFilters } from "./log-filters";

interface AccessLogViewProps {
  page: Promise<AccessLogPage | StaffAccessLogPage>;
  path: string;
  filter: AccessLogFilter;
  /** What the address held that is no filter. */
  faults: readonly string[];
  /** Where the page begins, unless at the newest entry. */
  cursor?: string | undefined;
  productName: string;
  actorTypeWords: ActorTypeWords;
  /** For staff, who see many connections: the one that is looked at, if any. */
  connectionId?: string | undefined;
  showConnections?: boolean;
}

/** Filter, entries and pages of an access log; customers and staff see the same. */
export function AccessLogView(props: AccessLogViewProps) {
  const { path, filter, faults, cursor, actorTypeWords, connectionId } = props;
  const kept: Record<string, string> = connectionId ? { connection: connectionId } : {};
  const at: AddressOf = (changed, more = {}) => filterAddress(path, changed, { ...kept, ...more });
  const exportAddress = (format: string) => filterAddress(`${path}/export`, filter, { ...kept, format });
  return (
    <div className="space-y-4">
      {faults.length > 0 ? (
        <Alert tone="warning" title="Part of this address is not a filter, so it was ignored">
          {faults.join("; ")}.
        </Alert>
      ) : null}
      <DatePresets filter={filter} now={new Date()} at={(days) => at({ ...filter, ...days })} />
      <LogFilters {...{ path, filter, actorTypeWords, kept }} clearAddress={at({})}>
        <div className="flex gap-2">
          <ExportLink address={exportAddress("csv")} format="CSV" />
          <ExportLink address={exportAddress("json")} format="JSON" />
        </div>
      </LogFilters>
      <Suspense key={at(filter, { cursor: cursor ?? "" })} fallback={<EntrySkeleton />}>
        <Entries {...props} at={at} kept={kept} />
      </Suspense>
    </div>
  );
}

type AddressOf = (filter: AccessLogFilter, more?: Record<string, string>) => string;

interface EntriesProps extends AccessLogViewProps {
  at: AddressOf;
  kept: Record<string, string>;
}

async function Entries({ page, at, kept, path, filter, cursor, productName, showConnections }: EntriesProps) {
  const { rows, nextCursor, ...more } = await page;
  const runs = "runs" in more ? more.runs : [];
  return (
    <>
      {filter.actorId ? (
        <p className="text-muted">
          Only entries of{" "}
          <span className="text-ink">{rows[0] ? actorName(rows[0].actor, productName) : filter.actorId}</span>.{" "}
          <TextLink href={at({ ...filter, actor: undefined, actorId: undefined })}>Show everyone</TextLink>
        </p>
      ) : null}
      {rows.length > 0 ? (
        <EntryList {...{ rows, runs, productName, path, filter, kept, showConnections }} />
      ) : (
        <NoEntries isNarrowed={Object.keys(filter).length > 0} everything={at({})} />
      )}
      <nav aria-label="Pages" className="flex justify-end gap-2">
        {cursor ? (
          <Link href={at(filter)} className={buttonStyle()}>
            Newest entries
          </Link>
        ) : null}
        {nextCursor ? (
          <Link href={at(filter, { cursor: nextCursor })} className={buttonStyle()}>
            Older entries
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function NoEntries({ isNarrowed, everything }: { isNarrowed: boolean; everything: string }) {
  if (!isNarrowed)
    return (
      <EmptyState icon={ScrollText} title="No uses yet">
        Every request for credentials is recorded here, allowed or refused, before any are issued.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={SearchX}
      title="No entries match"
      action={
        <Link href={everything} className={buttonStyle()}>
          Show all entries
        </Link>
      }
    >
      Try other days, another purpose or another outcome.
    </EmptyState>
  );
}

/** A plain link: the browser saves what it answers. */
function ExportLink({ address, format }: { address: string; format: string }) {
  return (
    <a href={address} className={buttonStyle()} aria-label={`Export as ${format}`}>
      <Download aria-hidden />
      {format}
    </a>
  );
}
