type Rgb = readonly [number, number, number];

const DEFAULT_ACCENT = "#4650dd";
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [5, 5, 6];
/** The surfaces of globals.css on which the accent must be told apart. */
const LIGHT_SURFACE: Rgb = [244, 245, 247];
const DARK_SURFACE: Rgb = [31, 33, 39];
/** WCAG 2.2, 1.4.3 for text and 1.4.11 for controls. */
const TEXT_CONTRAST = 4.5;
const CONTROL_CONTRAST = 3;

/**
 * CSS variables for the vendor's accent colour. The fill of buttons is that colour, whatever it is; what is written on it, the line
 * around it, and the ink of links and focus rings are moved as far as each theme's contrast needs.
 */
export function accentVariables(accentColor: string = DEFAULT_ACCENT): Record<`--${string}`, string> {
  const accent = parse(accentColor) ?? parse(DEFAULT_ACCENT) ?? BLACK;
  return {
    "--brand-fill": hex(accent),
    "--brand-on-fill": hex(inkOn(accent)),
    "--brand-line-light": hex(readable(accent, LIGHT_SURFACE, CONTROL_CONTRAST, BLACK)),
    "--brand-ink-light": hex(readable(accent, LIGHT_SURFACE, TEXT_CONTRAST, BLACK)),
    "--brand-line-dark": hex(readable(accent, DARK_SURFACE, CONTROL_CONTRAST, WHITE)),
    "--brand-ink-dark": hex(readable(accent, DARK_SURFACE, TEXT_CONTRAST, WHITE)),
  };
}

function parse(color: string): Rgb | null {
  const [, red, green, blue] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color) ?? [];
  if (!red || !green || !blue) return null;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function hex(color: Rgb): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

/** Moves the colour towards another one, no further than the contrast with the surface needs. */
function readable(color: Rgb, surface: Rgb, contrastNeeded: number, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(color, towards, share);
    if (contrast(mixed, surface) >= contrastNeeded) return mixed;
  }
  return towards;
}

function inkOn(fill: Rgb): Rgb {
  return contrast(WHITE, fill) >= TEXT_CONTRAST || contrast(WHITE, fill) >= contrast(BLACK, fill) ? WHITE : BLACK;
}

function mix([red, green, blue]: Rgb, other: Rgb, share: number): Rgb {
  const blend = (from: number, to: number) => from + (to - from) * share;
  return [blend(red, other[0]), blend(green, other[1]), blend(blue, other[2])];
}

function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
