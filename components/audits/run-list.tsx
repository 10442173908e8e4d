import { Badge, type Tone } from "@/components/ui/badge";
import { CircleCheck, CircleDashed, CircleX, type Glyph, ShieldAlert } from "@/components/ui/glyphs";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RunView } from "@/lib/audits/schema";

interface OutcomeWords {
  word: string;
  tone: Tone;
  icon: Glyph;
}

const outcomes: Record<NonNullable<RunView["outcome"]>, OutcomeWords> = {
  proven: { word: "Verified", tone: "success", icon: CircleCheck },
  failed: { word: "Refused", tone: "danger", icon: CircleX },
  insecure: { word: "Insecure", tone: "danger", icon: ShieldAlert },
  inconclusive: { word: "No answer", tone: "neutral", icon: CircleDashed },
};

const unfinished: Record<RunView["state"], OutcomeWords> = {
  running: { word: "Running", tone: "info", icon: CircleDashed },
  abandoned: { word: "Stopped", tone: "neutral", icon: CircleDashed },
  finished: { word: "Ended", tone: "neutral", icon: CircleDashed },
};

/** Verifications and audits, newest first. */
export function RunList({ runs }: { runs: readonly RunView[] }) {
  if (runs.length === 0) return <p className="text-muted">Nothing has been verified yet.</p>;
  return (
    <ol className="divide-y divide-line">
      {runs.map(({ id, byAudit, state, outcome, startedAt }) => {
        const { word, tone, icon: Icon } = outcome ? outcomes[outcome] : unfinished[state];
        return (
          <li key={id} className="flex items-center justify-between gap-3 py-2.5 first:pt-0 last:pb-0">
            <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
              <Badge tone={tone}>
                <Icon />
                {word}
              </Badge>
              <span>{byAudit ? "Audit" : "Verification"}</span>
            </span>
            <span className="text-[13px] text-muted">
              <RelativeTime at={startedAt} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
