import { useId } from "react";
import type { Series } from "./series";
import { edge, patternFill, SeriesPatterns } from "./series-pattern";

interface ShareBarProps {
  series: readonly Series[];
  values: Record<string, number>;
  /** What a full bar stands for. */
  of: number;
}

/** One line of a ranking. The numbers stand beside it as text, so it is hidden from who hears the page. */
export function ShareBar({ series, values, of }: ShareBarProps) {
  const id = useId();
  let x = 0;
  const pieces = series.flatMap((one) => {
    const share = ((values[one.key] ?? 0) / of) * 100;
    if (share === 0) return [];
    const piece = { one, x, share };
    x += share;
    return [piece];
  });
  return (
    <svg aria-hidden="true" width="100%" height="8" className="overflow-visible">
      <SeriesPatterns id={id} series={series} />
      {pieces.map(({ one, x: from, share }) => (
        <rect
          key={one.key}
          x={`${from}%`}
          width={`${share}%`}
          height="8"
          rx="1.5"
          fill={patternFill(id, one)}
          {...edge(one)}
        />
      ))}
    </svg>
  );
}
