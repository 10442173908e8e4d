import type { Series } from "./series";

/** SVG definitions for the fill of each series; `patternFill` names them. */
export function SeriesPatterns({ id, series }: { id: string; series: readonly Series[] }) {
  return (
    <defs>
      {series.map(({ key, color, pattern }) => (
        <pattern
          key={key}
          id={`${id}-${key}`}
          width={pattern === "dots" ? 4 : 5}
          height={pattern === "dots" ? 4 : 5}
          patternUnits="userSpaceOnUse"
          patternTransform={pattern === "stripes" ? "rotate(45)" : undefined}
        >
          <rect width="5" height="5" fill={color} fillOpacity={pattern === "solid" ? 1 : 0.22} />
          {pattern === "stripes" ? <rect width="2.5" height="5" fill={color} /> : null}
          {pattern === "dots" ? <circle cx="2" cy="2" r="1.1" fill={color} /> : null}
        </pattern>
      ))}
    </defs>
  );
}

export function patternFill(id: string, { key }: Series): string {
  return `url(#${id}-${key})`;
}

/** The patterned ones have an edge, so that a thin one is still seen. */
export function edge({ color, pattern }: Series) {
  return pattern === "solid" ? {} : { stroke: color, strokeWidth: 1 };
}
