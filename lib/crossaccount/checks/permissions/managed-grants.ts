import type { Evidence } from "../../types";
import { type Finding, fact, finding } from "../check";
import { policyName } from "./managed-policy";
import type { RolePolicies } from "./role-policies";

/** Those of the policies by AWS that the role lacks; none while it is not known what the role has. */
export function unattached(arns: readonly string[], { declared, unreadable }: RolePolicies): readonly string[] {
  const isKnown = unreadable.every(({ action }) => action !== "iam:ListAttachedRolePolicies");
  return isKnown ? arns.filter((arn) => !declared.includes(arn)) : [];
}

export function unattachedEvidence(arns: readonly string[]): Evidence[] {
  return arns.map((arn) => fact("Not attached", `policy by AWS ${policyName(arn)}`));
}

export function unattachedFinding(arns: readonly string[]): Finding {
  return finding("missing-permission", "certain", {
    cause: "The role lacks a policy by AWS that the template attaches.",
    policies: arns.map((arn) => ({ name: policyName(arn), arn })),
  });
}
