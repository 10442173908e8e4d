import { crossAccountErrors } from "@/lib/crossaccount";

/** The library's codes, with what each means. */
export function errorTable(): string {
  const rows = Object.entries(crossAccountErrors).map(
    ([code, { meaning, tryAgain }]) => `| \`${code}\` | ${meaning} | ${tryAgain ? "can help" : "–"} |`,
  );
  return ["| code | means | trying again |", "|---|---|---|", ...rows].join("\n");
}
