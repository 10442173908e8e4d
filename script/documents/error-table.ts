import { crossAccountErrors } from "@/lib/crossaccount";

const begin = "<!-- Made from the code by `npm run docs`. -->";
const end = "<!-- End of what is made. -->";

/** The document with the library's codes in place of the table that it has. */
export function withErrorTable(document: string): string {
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error("The document has no place for the table of codes.");
  return `${before}${begin}\n\n${errorTable()}\n\n${end}${after}`;
}

function errorTable(): string {
  const rows = Object.entries(crossAccountErrors).map(
    ([code, { meaning, tryAgain }]) => `| \`${code}\` | ${meaning} | ${tryAgain ? "can help" : "–"} |`,
  );
  return ["| code | means | trying again |", "|---|---|---|", ...rows].join("\n");
}
