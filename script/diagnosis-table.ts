import { writeFile } from "node:fs/promises";
import { diagnosisTable } from "../lib/crossaccount";

await writeFile("docs/diagnosis.md", diagnosisTable());
