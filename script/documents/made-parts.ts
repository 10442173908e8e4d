import { errorTable, problemTable } from "./error-table";
import { sandboxTable } from "./sandbox-table";

const begin = "<!-- Made from the code by `npm run docs`. -->";
const end = "<!-- End of what is made. -->";

/** Parts of documents that are made from the code, by the document's path. */
export const madeParts: Readonly<Record<string, () => string>> = {
  "docs/api.md": problemTable,
  "docs/integrators.md": errorTable,
  "sandbox/README.md": sandboxTable,
};

/** The document with `made` in its place for what comes from the code. */
export function withMade(document: string, made: string): string {
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error("The document has no place for what is made.");
  return `${before}${begin}\n\n${made}\n\n${end}${after}`;
}
