import { StatusBadge } from "@/components/connections/status-badge";
import { Section } from "@/components/ui/card";
import type { RoundFindingView } from "@/lib/audits/schema";
import { ConnectionLine } from "./connection-line";

const words: Record<RoundFindingView["finding"], string> = {
  insecure: "Others can use the role",
  failed: "AWS refused the role",
  changed: "The role changed",
  inconclusive: "AWS gave no clear answer",
  skipped: "Could not be audited",
};

/** Connections of a round that someone should look at. */
export function RoundFindings({ findings, ended }: { findings: readonly RoundFindingView[]; ended: boolean }) {
  if (findings.length === 0 && !ended) return null;
  return (
    <Section title="Needs attention">
      {findings.length === 0 ? (
        <p className="text-muted">Nothing. Every audited role is verified, and none has changed.</p>
      ) : (
        <ul className="divide-y divide-line">
          {findings.map(({ status, finding, ...connection }) => (
            <ConnectionLine key={connection.connectionId} {...connection} text={words[finding]}>
              <StatusBadge status={status} />
            </ConnectionLine>
          ))}
        </ul>
      )}
    </Section>
  );
}
