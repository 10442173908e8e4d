import { glob, readFile } from "node:fs/promises";
import { brokenLinks, type Document } from "./documents/broken-links";

/** Fails when a link in a document of the repository leads nowhere. */
const documents: Document[] = [];
for await (const path of glob("**/*.md", { exclude: ["node_modules", ".data", ".next"] }))
  documents.push({ path, text: await readFile(path, "utf8") });

const broken = brokenLinks(documents, process.cwd());
for (const fault of broken) console.error(fault);
if (broken.length === 0) console.log(`The links of ${documents.length} documents lead somewhere`);
process.exitCode = broken.length > 0 ? 1 : 0;
