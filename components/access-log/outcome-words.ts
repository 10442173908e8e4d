import { Ban, CircleCheck, type LucideIcon, TriangleAlert } from "lucide-react";
import type { Series } from "@/components/charts/series";
import type { Tone } from "@/components/ui/badge";
import type { Outcome } from "@/lib/access-log/schema";

interface OutcomeWords {
  word: string;
  tone: Tone;
  icon: LucideIcon;
}

export const outcomeWords: Record<Outcome, OutcomeWords> = {
  allowed: { word: "Allowed", tone: "success", icon: CircleCheck },
  refused: { word: "Refused", tone: "danger", icon: Ban },
  error: { word: "Failed", tone: "warning", icon: TriangleAlert },
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
