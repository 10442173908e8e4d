import { useId } from "react";
import type { Series } from "./series";
import { edge, patternFill, SeriesPatterns } from "./series-pattern";

/** What each pattern means, with its total. */
export function ChartLegend({ series, totals }: { series: readonly Series[]; totals: Record<string, number> }) {
  const id = useId();
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-[13px]">
      {series.map((one) => (
        <li key={one.key} className="flex items-center gap-2">
          <svg width="12" height="12" aria-hidden="true">
            <SeriesPatterns id={id} series={[one]} />
            <rect x="0.5" y="0.5" width="11" height="11" rx="2" fill={patternFill(id, one)} {...edge(one)} />
          </svg>
          <span className="text-muted">{one.label}</span>
          <span className="font-medium tabular-nums">{(totals[one.key] ?? 0).toLocaleString("en")}</span>
        </li>
      ))}
    </ul>
  );
}
