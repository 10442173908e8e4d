import type { CrossAccountConfig } from "../config/config";
import type { Check } from "../types";
import { check, fact } from "./check";

/** AWS sets none below this (IAM API, CreateRole). */
const LEAST_MAXIMUM = 3_600;

/** Compares the role's MaxSessionDuration, in seconds, with what sessions need and what the template sets. */
export function checkSessionDuration(
  maxSessionDuration: number,
  { sessionDuration }: Pick<CrossAccountConfig, "sessionDuration">,
): Check {
  const expected = Math.max(LEAST_MAXIMUM, sessionDuration);
  const evidence = [
    fact("The role's longest session", seconds(maxSessionDuration)),
    fact("The template's", seconds(expected)),
    fact("Needed", seconds(sessionDuration)),
  ];
  if (maxSessionDuration < sessionDuration) {
    return check("session-duration", "failed", evidence, {
      cause:
        "The role ends sessions sooner than they are needed; AWS refuses a longer request rather than shortening it.",
      confidence: "certain",
      remedy: `In IAM › Roles, edit the role's maximum session duration to ${seconds(expected)}, or update the stack with the current template; then verify again.`,
    });
  }
  if (maxSessionDuration > expected) {
    return check("session-duration", "warning", evidence, {
      cause:
        "The role allows longer sessions than the template; a session lives on until its end after access is taken away.",
      confidence: "certain",
      remedy: "If that is intended, nothing needs to be done; otherwise update the stack with the current template.",
    });
  }
  return check("session-duration", "passed", evidence);
}

const thousands = new Intl.NumberFormat("en-US");

function seconds(count: number): string {
  return `${thousands.format(count)} seconds`;
}
