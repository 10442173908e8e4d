import { causeTexts } from "../diagnosis";
import type { Check, CheckId, CheckStatus, Confidence, DiagnosisCause, Evidence } from "../types";

/** What each check asserts, as its line in the list of checks says it. */
export const checkTitles: Readonly<Record<CheckId, string>> = {
  "role-arn": "The role ARN is usable",
  "assume-role": "The role can be assumed with its external ID",
  "reject-missing-external-id": "The role refuses a request without an external ID",
  "reject-wrong-external-id": "The role refuses a wrong external ID",
  identity: "The role belongs to the expected account",
  "trust-policy": "The trust policy names only the vendor",
  "ongoing-permissions": "The ongoing permissions are granted",
  "setup-permissions": "The setup permissions are as expected",
  "excess-permissions": "Nothing beyond the template is granted",
  "session-duration": "Sessions may last as long as needed",
  "template-version": "The stack uses the current template",
};

export type Finding = Pick<Check, "cause" | "causeId" | "confidence" | "remedy" | "policies">;

export function check(id: CheckId, status: CheckStatus, evidence: Evidence[], finding: Finding = {}): Check {
  return { id, status, title: checkTitles[id], evidence, ...finding };
}

/** A finding in the words of its cause, but for what is more particular here. */
export function finding(causeId: DiagnosisCause, confidence: Confidence, particular: Partial<Finding> = {}): Finding {
  const { explanation, nextAction } = causeTexts[causeId];
  return { cause: explanation, causeId, confidence, remedy: nextAction, ...particular };
}

export function skipped(id: CheckId, why: string): Check {
  return check(id, "skipped", [{ label: "Not run", value: why }]);
}

export function fact(label: string, value: string): Evidence {
  return { label, value };
}
