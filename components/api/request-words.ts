import type { Tone } from "@/components/ui/badge";
import type { RequestOutcome } from "@/lib/api/schema";

export const outcomeWords: Record<RequestOutcome, { choice: string; tone: Tone }> = {
  answered: { choice: "Answered (2xx)", tone: "success" },
  refused: { choice: "Refused (4xx)", tone: "warning" },
  failed: { choice: "Failed (5xx)", tone: "danger" },
};

export function outcomeOf(status: number): RequestOutcome {
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "answered";
}
