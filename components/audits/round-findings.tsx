import Link from "next/link";
import { StatusBadge } from "@/components/connections/status-badge";
import { Section } from "@/components/ui/card";
import type { RoundFindingView } from "@/lib/audits/schema";

const words: Record<RoundFindingView["finding"], string> = {
  insecure: "Others can use the role",
  failed: "AWS refused the role",
  changed: "The role changed",
  inconclusive: "AWS gave no clear answer",
  skipped: "Could not be audited",
};

/** Connections of a round that somebody should look at. */
export function RoundFindings({ findings, ended }: { findings: readonly RoundFindingView[]; ended: boolean }) {
  if (findings.length === 0 && !ended) return null;
  return (
    <Section title="To look at">
      {findings.length === 0 ? (
        <p className="text-muted">Nothing: every role that was audited is proven, and none has changed.</p>
      ) : (
        <ul className="divide-y divide-line">
          {findings.map(({ connectionId, connectionName, customerName, status, finding }) => (
            <li
              key={connectionId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0"
            >
              <p className="min-w-0">
                <Link
                  href={`/staff/connections/${connectionId}`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {connectionName}
                </Link>
                <span className="text-muted"> · {customerName} · </span>
                {words[finding]}
              </p>
              <StatusBadge status={status} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
