import { Badge } from "@/components/ui/badge";
import type { AccessLogEntryView } from "@/lib/access-log/schema";
import { outcomeWords } from "./outcome-words";

/** A refused probe is no alarm: being refused may be what it proves. */
export function OutcomeBadge({ outcome, probe }: Pick<AccessLogEntryView, "outcome" | "probe">) {
  const { word, tone, glyph } = outcomeWords[outcome];
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={probe ? "neutral" : tone}>
        <span aria-hidden className={`glyph ${glyph}`} />
        {word}
      </Badge>
      {probe ? (
        <Badge tone="info">
          <span aria-hidden className="glyph glyph-probe" />
          Probe
        </Badge>
      ) : null}
    </span>
  );
}
