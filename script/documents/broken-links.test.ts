import { expect, test } from "vitest";
import { brokenLinks } from "./broken-links";

const root = process.cwd();
const faults = (...texts: string[]) =>
  brokenLinks(
    texts.map((text, index) => ({ path: `docs/${index}.md`, text })),
    root,
  );

test("links to files, folders, pictures, headings and other sites are fine", () => {
  expect(faults("[a](../package.json) ![b](../docs) [c](https://example.com/gone)")).toEqual([]);
  expect(faults("# First: a `name`\n\n## Twice\n\n## Twice\n\n[a](#first-a-name) [b](#twice) [c](#twice-1)")).toEqual(
    [],
  );
});

test("a missing file, a missing heading and a way out of the repository are named", () => {
  expect(faults("[a](gone.md)")).toEqual(["docs/0.md: gone.md does not exist"]);
  expect(faults("# There\n[a](#here)")).toEqual(["docs/0.md: #here names no heading there"]);
  expect(faults("[a](../../etc/passwd)")).toEqual(["docs/0.md: ../../etc/passwd leads out of the repository"]);
});

test("what stands in code is no link", () => {
  expect(faults("`[a](gone.md)`\n\n```\n[b](gone.md)\n```\n")).toEqual([]);
});
