import {
  CircleCheck,
  CircleMinus,
  CircleX,
  type Glyph,
  Hourglass,
  LoaderCircle,
  TriangleAlert,
} from "@/components/ui/glyphs";
import type { CheckView } from "@/lib/verifications/schema";

interface CheckWords {
  word: string;
  icon: Glyph;
  ink: string;
}

export const checkWords: Record<CheckView["status"], CheckWords> = {
  passed: { word: "Passed", icon: CircleCheck, ink: "text-success" },
  failed: { word: "Failed", icon: CircleX, ink: "text-danger" },
  warning: { word: "Warning", icon: TriangleAlert, ink: "text-warning" },
  skipped: { word: "Skipped", icon: CircleMinus, ink: "text-muted" },
  running: { word: "Checking", icon: LoaderCircle, ink: "text-info" },
  waiting: { word: "Waiting", icon: Hourglass, ink: "text-info" },
};

/** Stands for the external ID in statements that a report gives, because no report holds one. */
const externalIdPlaceholder = "EXTERNAL-ID-OF-THIS-CONNECTION";

/** A statement as it can be pasted, for who may see the external ID. */
export function withExternalId(code: string, externalId: string | undefined): string {
  return externalId === undefined ? code : code.replaceAll(externalIdPlaceholder, externalId);
}

export const confidenceWords: Record<NonNullable<CheckView["confidence"]>, string> = {
  certain: "Certain",
  likely: "Likely",
  possible: "Possible",
};
