import type { ReactNode } from "react";

/**
 * Icons that stand on a page by the dozen, drawn by the style sheet: one element each, where one of lucide-react is four, and is sent
 * again with its paths for the browser. Never alone: a word beside it says the same.
 */
export type Glyph = (props: { className?: string }) => ReactNode;

export const Ban = glyph("glyph-refused");
export const CircleCheck = glyph("glyph-allowed");
export const CircleDashed = glyph("glyph-circle-dashed");
export const CircleMinus = glyph("glyph-circle-minus");
export const CirclePause = glyph("glyph-circle-pause");
export const CircleX = glyph("glyph-circle-x");
export const Hourglass = glyph("glyph-hourglass");
export const LoaderCircle = glyph("glyph-loader");
export const ShieldAlert = glyph("glyph-shield-alert");
export const ShieldCheck = glyph("glyph-shield-check");
export const ShieldHalf = glyph("glyph-shield-half");
export const TriangleAlert = glyph("glyph-failed");
export const Unplug = glyph("glyph-unplug");

function glyph(name: string): Glyph {
  return ({ className }) => <span aria-hidden className={className ? `glyph ${name} ${className}` : `glyph ${name}`} />;
}
