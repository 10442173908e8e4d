/** One kind of what is counted. Told apart by pattern as well as by colour. */
export interface Series {
  key: string;
  label: string;
  /** A colour of the theme, at least 3:1 against its surface: WCAG 2.2, 1.4.11. */
  color: string;
  pattern: "solid" | "stripes" | "dots" | "outline";
}

/** The next round number: where an axis ends. */
export function axisEnd(largest: number): number {
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 3, 4, 5, 6, 8].find((step) => step * power >= largest) ?? 10) * power;
}
