import type { SourceFile } from "typescript/unstable/ast";
import type { Mutant, Verdict } from "./judge";

/** One mutant as people read it: where it is, and its line before and after. */
export interface Trial extends Verdict {
  file: string;
  line: number;
  kind: Mutant["kind"];
  before: string;
  after: string;
}

export interface Report {
  seed: number;
  /** How many changes there are in all, of which the seed drew some. */
  possible: number;
  tried: number;
  noticed: number;
  byTypes: number;
  byTests: number;
  byTime: number;
  survivors: readonly Trial[];
}

export function trialOf(
  { file, kind, start, end, text }: Mutant,
  { text: source }: SourceFile,
  verdict: Verdict,
): Trial {
  const from = source.lastIndexOf("\n", start - 1) + 1;
  const to = source.indexOf("\n", end);
  const last = to < 0 ? source.length : to;
  return {
    file,
    line: source.slice(0, start).split("\n").length,
    kind,
    before: oneLine(source.slice(from, last)),
    after: oneLine(source.slice(from, start) + text + source.slice(end, last)),
    ...verdict,
  };
}

export function reportOf(seed: number, possible: number, trials: readonly Trial[]): Report {
  const by = (who: Trial["noticedBy"]) => trials.filter(({ noticedBy }) => noticedBy === who);
  const [byTypes, byTests, byTime] = [by("types").length, by("tests").length, by("time").length];
  const noticed = byTypes + byTests + byTime;
  return { seed, possible, tried: trials.length, noticed, byTypes, byTests, byTime, survivors: by(null) };
}

export function describeTrial({ file, line, kind, noticedBy, how }: Trial): string {
  return `${noticedBy ?? "nothing"}\t${file}:${line} ${kind}${how ? `: ${oneLine(how)}` : ""}`;
}

export function describeReport({ seed, tried, noticed, byTypes, byTests, byTime, survivors }: Report): string {
  const share = tried === 0 ? 0 : Math.floor((100 * noticed) / tried);
  return [
    ...survivors.flatMap(({ file, line, kind, before, after, tests }) => [
      `${file}:${line} ${kind}, noticed by none of ${tests.length} test files`,
      `  - ${before}`,
      `  + ${after}`,
    ]),
    `${noticed} of ${tried} changes were noticed (${share} %): ${byTypes} by types, ${byTests} by tests, ${byTime} because tests did not end. Seed ${seed}.`,
  ].join("\n");
}

const longest = 160;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
