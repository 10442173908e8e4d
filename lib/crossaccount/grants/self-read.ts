import type { PolicyStatement } from "./policy-types";
import type { StackValues } from "./values";

const readRoleSid = "CrossAccountReadOwnRole";
const readPoliciesSid = "CrossAccountReadOwnPolicies";

export const reservedSids: readonly string[] = [readRoleSid, readPoliciesSid];

export const selfReadReasons: Readonly<Record<string, string>> = {
  [readRoleSid]: "Lets the connection be checked against what was agreed: the role's own trust, policies and effect.",
  [readPoliciesSid]: "Lets the connection be checked against what was agreed: the policies attached to the role.",
};

/** What the template adds to the vendor's list, so that the role can be verified; nothing here reads anything else. */
export function selfReadStatements<T>(path: string, values: StackValues<T>): readonly PolicyStatement<T>[] {
  const iam = (account: T | string, resource: readonly (T | string)[]) =>
    values.join(["arn:", values.partition, ":iam::", account, ...resource]);
  return [
    {
      Sid: readRoleSid,
      Effect: "Allow",
      Action: [
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:SimulatePrincipalPolicy",
      ],
      Resource: [iam(values.accountId, [`:role${path}`, values.roleName])],
    },
    {
      Sid: readPoliciesSid,
      Effect: "Allow",
      Action: ["iam:GetPolicy", "iam:GetPolicyVersion"],
      Resource: [iam(values.accountId, [`:policy${path}*`]), iam("aws", [":policy/*"])],
    },
  ];
}
