import type { RoundView } from "@/lib/audits/schema";

export const roundTitles: Record<RoundView["kind"], string> = {
  all: "All connections",
  scheduled: "Scheduled audits",
};

export const roundStates: Record<RoundView["state"], string> = {
  running: "Running",
  finished: "Finished",
  cancelled: "Cancelled",
};

export const countWords: Record<keyof RoundView["counts"], string> = {
  proven: "Verified",
  failed: "Refused",
  insecure: "Insecure",
  inconclusive: "No answer",
  skipped: "Skipped",
  cancelled: "Cancelled",
};

/** Such as "about 3 minutes left". */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return "The time left is known after the first results";
  if (seconds < 60) return "Less than a minute left";
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `About ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  return `About ${Math.round(minutes / 60)} hours left`;
}
