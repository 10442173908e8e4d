import { crossAccountErrors } from "@/lib/crossaccount";
import { programErrors } from "@/lib/errors";

/** The library's codes, with what each means. */
export function errorTable(): string {
  const rows = Object.entries(crossAccountErrors).map(
    ([code, { meaning, tryAgain }]) => `| \`${code}\` | ${meaning} | ${tryAgain ? "can help" : "–"} |`,
  );
  return ["| code | means | trying again |", "|---|---|---|", ...rows].join("\n");
}

/** The portal's own codes, with what each means to a program. */
export function problemTable(): string {
  const rows = programErrors().map(
    ({ code, status, meaning, tryAgain }) =>
      `| \`${code}\` | ${status} | ${meaning} | ${tryAgain ? "can help" : "–"} |`,
  );
  return ["| code | status | means | trying again |", "|---|---|---|---|", ...rows].join("\n");
}
