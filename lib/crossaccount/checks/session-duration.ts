import type { CrossAccountConfig } from "../config/config";
import type { Check } from "../types";
import { check, fact, finding } from "./check";

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
    return check("session-duration", "failed", evidence, finding("session-too-short", "certain"));
  }
  if (maxSessionDuration > expected) {
    return check("session-duration", "warning", evidence, finding("session-too-long", "certain"));
  }
  return check("session-duration", "passed", evidence);
}

const thousands = new Intl.NumberFormat("en-US");

function seconds(count: number): string {
  return `${thousands.format(count)} seconds`;
}
