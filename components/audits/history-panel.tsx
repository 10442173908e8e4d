import { ConnectionHistory } from "@/components/connections/connection-history";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { HistoryView } from "@/lib/audits/schema";
import { DriftList } from "./drift-list";
import { RunList } from "./run-list";

/** Everything that happened to a connection: changes of its role, of its status, and who looked when. */
export function HistoryPanel({ history, createdAt }: { history: HistoryView; createdAt: Date }) {
  const { changes, runs, drifts, nextAuditAt } = history;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0 space-y-6">
        <Section
          title="Changes of the role"
          description="Differences between what a person verified and what audits have seen since."
        >
          {drifts.length > 0 ? (
            <DriftList drifts={drifts} />
          ) : (
            <p className="text-muted">No audit has seen a change.</p>
          )}
        </Section>
        <Section title="Status">
          <ConnectionHistory history={changes} createdAt={createdAt} />
        </Section>
      </div>
      <Section
        title="Verifications and audits"
        description={
          nextAuditAt ? (
            <>
              Next audit: <RelativeTime at={nextAuditAt} />
            </>
          ) : undefined
        }
      >
        <RunList runs={runs} />
      </Section>
    </div>
  );
}
