import { useId } from "react";
import { axisEnd, type Series } from "./series";
import { edge, patternFill, SeriesPatterns } from "./series-pattern";

export interface Bar {
  key: string;
  /** For the tooltip. */
  label: string;
  values: Record<string, number>;
}

interface StackedBarsProps {
  /** One sentence that says what is seen; everything else is in the table that belongs to each chart. */
  summary: string;
  series: readonly Series[];
  bars: readonly Bar[];
  /** Under the first and the last bar. */
  ends: { first: string; last: string };
}

const HEIGHT = 120;
/** So that a single one is still seen beside thousands. */
const SMALLEST = 3;

/** A bar for each day or the like, drawn on the server. Widths are shares, so it fits every screen without being stretched. */
export function StackedBars({ summary, series, bars, ends }: StackedBarsProps) {
  const id = useId();
  const top = axisEnd(Math.max(0, ...bars.map(({ values }) => totalOf(values))));
  return (
    <figure className="min-w-0">
      <div className="flex gap-2">
        <div
          aria-hidden
          className="flex w-8 shrink-0 flex-col justify-between text-right text-muted text-xs tabular-nums"
        >
          <span className="-mt-2">{top.toLocaleString("en")}</span>
          <span className="-mb-2">0</span>
        </div>
        <svg role="img" aria-label={summary} width="100%" height={HEIGHT} className="min-w-0 flex-1 overflow-visible">
          <SeriesPatterns id={id} series={series} />
          {[0, 0.5, 1].map((share) => (
            <line
              key={share}
              x2="100%"
              y1={HEIGHT * share}
              y2={HEIGHT * share}
              stroke="var(--line)"
              strokeDasharray={share === 1 ? undefined : "3 3"}
            />
          ))}
          {bars.map((bar, index) => (
            <BarColumn key={bar.key} {...{ id, series, bar, top, index, count: bars.length }} />
          ))}
        </svg>
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between pl-10 text-muted text-xs">
        <span>{ends.first}</span>
        <span>{ends.last}</span>
      </div>
    </figure>
  );
}

interface BarColumnProps {
  id: string;
  series: readonly Series[];
  bar: Bar;
  top: number;
  index: number;
  count: number;
}

function BarColumn({ id, series, bar, top, index, count }: BarColumnProps) {
  const slot = 100 / count;
  let y = HEIGHT;
  const pieces = series.flatMap((one) => {
    const value = bar.values[one.key] ?? 0;
    if (value === 0) return [];
    const height = Math.max(SMALLEST, (value / top) * HEIGHT - 1);
    y -= height + 1;
    return [{ one, y, height }];
  });
  return (
    <g>
      <title>{bar.label}</title>
      <rect x={`${index * slot}%`} width={`${slot}%`} height={HEIGHT} fill="transparent" />
      {pieces.map((piece) => (
        <rect
          key={piece.one.key}
          x={`${index * slot + slot * 0.14}%`}
          width={`${slot * 0.72}%`}
          y={piece.y}
          height={piece.height}
          rx="1.5"
          fill={patternFill(id, piece.one)}
          {...edge(piece.one)}
        />
      ))}
    </g>
  );
}

function totalOf(values: Record<string, number>): number {
  return Object.values(values).reduce((sum, value) => sum + value, 0);
}
