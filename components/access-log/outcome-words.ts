import type { Series } from "@/components/charts/series";
import type { Tone } from "@/components/ui/badge";
import type { Outcome } from "@/lib/access-log/kinds";

interface OutcomeWords {
  word: string;
  tone: Tone;
  /** One of the glyphs of globals.css. */
  glyph: string;
}

export const outcomeWords: Record<Outcome, OutcomeWords> = {
  allowed: { word: "Allowed", tone: "success", glyph: "glyph-allowed" },
  refused: { word: "Refused", tone: "danger", glyph: "glyph-refused" },
  error: { word: "Failed", tone: "warning", glyph: "glyph-failed" },
};

/** How charts draw the outcomes. */
export const outcomeSeries: readonly Series[] = [
  { key: "allowed", label: "Allowed", color: "var(--accent-ink)", pattern: "solid" },
  { key: "refused", label: "Refused", color: "var(--danger)", pattern: "stripes" },
  { key: "error", label: "Failed", color: "var(--warning)", pattern: "dots" },
];

export const probeSeries: Series = {
  key: "probe",
  label: "Verification probes",
  color: "var(--muted)",
  pattern: "outline",
};
