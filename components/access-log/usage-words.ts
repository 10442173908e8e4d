import type { AccessLogUsage, OutcomeCounts } from "@/lib/access-log/schema";

const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

export type DayCounts = OutcomeCounts & { probe?: number };

/** "2 Mar: 12 allowed, 1 refused", or only the day. */
export function dayWords(day: string, counts?: DayCounts): string {
  if (day === "") return "";
  const date = dayFormat.format(new Date(day));
  return counts ? `${date}: ${countWords(counts)}` : date;
}

export function countWords({ allowed, refused, error, probe = 0 }: DayCounts): string {
  const parts = [
    `${allowed.toLocaleString("en")} allowed`,
    refused > 0 ? `${refused.toLocaleString("en")} refused` : "",
    error > 0 ? `${error.toLocaleString("en")} failed` : "",
    probe > 0 ? `${probe.toLocaleString("en")} ${probe === 1 ? "probe" : "probes"}` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

export function usageTotals(days: AccessLogUsage["days"]) {
  const sum = (key: keyof Required<DayCounts>) => days.reduce((total, day) => total + day[key], 0);
  return { allowed: sum("allowed"), refused: sum("refused"), error: sum("error"), probe: sum("probe") };
}

export function usageSummary(totals: DayCounts): string {
  return `Bar chart of the last 30 days: ${countWords(totals)}. The numbers are in the table below.`;
}
