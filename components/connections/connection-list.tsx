"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionSummary } from "@/lib/connections/schema";
import { connectionPath } from "./paths";
import { StatusBadge } from "./status-badge";
import { statusWords } from "./status-words";

/** In the browser too, so that the connections are sent for it, not the whole list a second time. */
export function ConnectionList({ connections }: { connections: readonly ConnectionSummary[] }) {
  return (
    <Card className="overflow-hidden">
      <ul aria-label="Connections" className="divide-y divide-line">
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </ul>
    </Card>
  );
}

function ConnectionRow({ connection }: { connection: ConnectionSummary }) {
  const { meaning } = statusWords[connection.status];
  return (
    <li className="group relative flex items-center gap-4 px-5 py-4 hover:bg-hover/60 sm:px-6">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h2 className="min-w-0 break-words font-medium text-[15px]">
            {/* The link covers the whole row. */}
            <Link
              href={connectionPath(connection.customer, connection.id)}
              className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
            >
              {connection.name}
            </Link>
          </h2>
          <StatusBadge status={connection.status} />
        </div>
        <p className="mt-1 text-muted">{meaning}</p>
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-[13px] text-muted">
          {connection.accountId ? (
            <span>
              Account <span className="font-mono text-[12.5px] tabular-nums">{connection.accountId}</span>
            </span>
          ) : null}
          <span>{connection.region}</span>
          <span className="relative z-10">
            {connection.lastVerifiedAt ? (
              <>
                Last verification <RelativeTime at={connection.lastVerifiedAt} />
              </>
            ) : (
              <>
                Created <RelativeTime at={connection.createdAt} />
              </>
            )}
          </span>
        </p>
      </div>
      <span aria-hidden className="glyph glyph-chevron text-muted transition-transform group-hover:translate-x-0.5" />
    </li>
  );
}
