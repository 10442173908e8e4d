import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApiRequestView } from "@/lib/api/schema";
import { apiKeyPath } from "./paths";
import { outcomeOf, outcomeWords } from "./request-words";

const columns = "lg:grid lg:grid-cols-[10.5rem_8rem_minmax(0,1fr)_minmax(0,9rem)_5rem_2rem] lg:gap-x-5";

/** One request a row; on a phone its parts stand under each other. */
export function RequestList({ requests }: { requests: readonly ApiRequestView[] }) {
  return (
    <Card className="overflow-hidden">
      <div aria-hidden className={`${columns} hidden px-6 py-2.5 font-medium text-muted text-xs`}>
        <span>When</span>
        <span>Status</span>
        <span>Request</span>
        <span>Key</span>
        <span className="text-right">Took</span>
        <span className="sr-only">ID</span>
      </div>
      <ol aria-label="Requests" className="divide-y divide-line lg:border-line lg:border-t">
        {requests.map((request) => (
          <li key={request.id} className={`${columns} space-y-1.5 px-5 py-3 sm:px-6 lg:space-y-0`}>
            <RequestRow request={request} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function RequestRow({
  request: { id, at, method, path, status, milliseconds, code, key },
}: {
  request: ApiRequestView;
}) {
  return (
    <>
      <div className="flex items-baseline justify-between gap-3 lg:block">
        <RelativeTime at={at} />
        <span className="block whitespace-nowrap text-muted text-xs leading-5 tabular-nums">{toTheSecond(at)}</span>
      </div>
      <div className="flex items-center gap-2 lg:block">
        <Badge tone={outcomeWords[outcomeOf(status)].tone}>{status}</Badge>
        {code ? <p className="break-words text-[13px] text-muted lg:mt-1">{code}</p> : null}
      </div>
      <div className="min-w-0">
        <p className="break-all font-mono text-[12.5px] leading-5">
          <span className="font-semibold">{method}</span> {path}
        </p>
        <p className="break-all font-mono text-muted text-xs leading-5">{id}</p>
      </div>
      <div className="flex items-center justify-between gap-3 lg:contents">
        <div className="min-w-0">
          {key ? (
            <Link href={apiKeyPath(key.id)} prefetch={false} className="quiet-link break-words">
              {key.name ?? "Removed key"}
            </Link>
          ) : (
            <span className="text-muted">No valid key</span>
          )}
        </div>
        <p className="ml-auto whitespace-nowrap text-muted tabular-nums lg:ml-0 lg:text-right">
          {milliseconds.toLocaleString("en-US")} ms
        </p>
        <div className="lg:-my-1.5">
          <CopyButton value={id} what="request ID" compact />
        </div>
      </div>
    </>
  );
}

function toTheSecond(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
