import { quoted } from "../../launch/stack-commands";
import type { Evidence } from "../../types";
import { fact } from "../check";
import { policyName } from "./managed-policy";
import type { RolePolicies } from "./role-policies";

/** Those of the policies by AWS that the role lacks; none while it is not known what the role has. */
export function unattached(arns: readonly string[], { declared, unreadable }: RolePolicies): readonly string[] {
  const isKnown = unreadable.every(({ action }) => action !== "iam:ListAttachedRolePolicies");
  return isKnown ? arns.filter((arn) => !declared.includes(arn)) : [];
}

export function unattachedEvidence(arns: readonly string[], roleName: string): Evidence[] {
  return arns.flatMap((arn) => [
    fact("Not attached", `policy by AWS ${policyName(arn)}`),
    {
      label: `Attaches ${policyName(arn)}`,
      value: `aws iam attach-role-policy --role-name ${quoted(roleName)} --policy-arn ${quoted(arn)}`,
      format: "code",
    },
  ]);
}
