import type { Tone } from "@/components/ui/badge";
import { type Glyph, ShieldCheck, ShieldHalf, TriangleAlert } from "@/components/ui/glyphs";
import type { ReviewedPermission } from "@/lib/connections/review-schema";

export interface Label {
  tone: Tone;
  word: string;
  icon: Glyph;
}

/** How a risk is shown. */
export const risks: Record<ReviewedPermission["risk"], Label> = {
  low: { tone: "neutral", word: "Low risk", icon: ShieldCheck },
  medium: { tone: "warning", word: "Medium risk", icon: ShieldHalf },
  high: { tone: "danger", word: "High risk", icon: TriangleAlert },
};
