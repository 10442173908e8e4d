import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { diagnosisTable } from "./table";

test("docs/diagnosis.md is what the code says; `npm run docs` writes it", async () => {
  expect(await readFile("docs/diagnosis.md", "utf8")).toBe(diagnosisTable());
});
