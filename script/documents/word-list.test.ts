import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** Words that read as translated, or that are called otherwise on the pages. */
const avoided = [
  /\b(is|are|was|were|been|be|first|not) proven\b|\bproven (gone|on|by)\b/i,
  /["`>]Proven\b/,
  /\brounds? of audits\b|\b(a|the|this|that|its|audit) rounds?\b(?![.'"\w]|\s*[:=?)])/i,
  /\bdrop(ping)? (the setup|setup|them)\b/i,
  /\b(still|is) spreading\b|\bto spread\b/i,
  /\b(anew|anybody|somebody|everybody|nothing is to do|none that we know)\b/i,
  /\blets? in others\b|\bthis did not work\b|\btoo often in a short time\b/i,
  /(^|[.!?:>"`] ?)Whoever\b/,
];

/** Lines of these files that hold such a word; `prose` leaves of a line what is to be judged. */
async function faults(pattern: string, exclude: string[], prose: (line: string) => string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern, { exclude }))
    for (const [index, line] of (await readFile(path, "utf8")).split("\n").entries())
      if (avoided.some((word) => word.test(prose(line)))) found.push(`${path}:${index + 1}: ${line.trim()}`);
  return found;
}

test("pages and messages use the words of the product", async () => {
  const exclude = ["**/*.test.ts", "lib/generated/**", "lib/crossaccount/testing/**"];
  const withoutComments = (line: string) => line.replace(/^\s*(\/\/|\/\*|\*|\{\/\*|--).*/, "");
  expect(await faults("{app,components,lib}/**/*.{ts,tsx}", exclude, withoutComments)).toEqual([]);
});

test.each(["*.md", "docs/*.md"])("the documents %s do so too", async (pattern) => {
  // Names of tests, options and values stand in quotation marks or backticks.
  expect(await faults(pattern, [], (line) => line.replaceAll(/`[^`]*`|"[^"]*"/g, ""))).toEqual([]);
});
