import { readFile, writeFile } from "node:fs/promises";
import { diagnosisTable } from "../lib/crossaccount/index";
import { madeParts, withMade } from "./documents/made-parts";

await writeFile("docs/diagnosis.md", diagnosisTable());
for (const [path, made] of Object.entries(madeParts)) {
  await writeFile(path, withMade(await readFile(path, "utf8"), made()));
}
