import { expect, test } from "vitest";
import { accentVariables } from "./accent";

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const surfaces = { light: "#f4f5f7", dark: "#1f2127" } as const;

test("a light accent keeps its fill, with dark ink", () => {
  expect(accentVariables("#facc15")).toMatchObject({ "--brand-fill": "#facc15", "--brand-on-fill": "#050506" });
});

test.each(["#facc15", "#ffffff", "#000000", "#4f46e5", "#00ff88", "#777777", "#ff0000"])(
  "whatever the accent, %s is its fill, and what is written on, around and beside it can be read",
  (accent) => {
    const variables = accentVariables(accent);
    const value = (name: string) => variables[`--brand-${name}`] ?? "";
    expect(value("fill")).toBe(accent);
    expect(contrast(value("fill"), value("on-fill"))).toBeGreaterThanOrEqual(4.5);
    for (const [theme, surface] of Object.entries(surfaces)) {
      expect(contrast(value(`ink-${theme}`), surface), theme).toBeGreaterThanOrEqual(4.5);
      expect(contrast(value(`line-${theme}`), surface), theme).toBeGreaterThanOrEqual(3);
    }
  },
);
