import { readFile, writeFile } from "node:fs/promises";
import { diagnosisTable } from "../lib/crossaccount";
import { withErrorTable } from "./documents/error-table";

const integrators = "docs/integrators.md";
await writeFile("docs/diagnosis.md", diagnosisTable());
await writeFile(integrators, withErrorTable(await readFile(integrators, "utf8")));
