import { canName } from "./arn-target";
import { patternsOverlap } from "./pattern";

/** Calls that change what a role may do, whom it trusts or what bounds it, by the kind of resource they name. */
export const roleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];
export const stackActions = ["CreateChangeSet", "ExecuteChangeSet", "SetStackPolicy", "UpdateStack"].map(
  (name) => `cloudformation:${name}`,
);
// A whole organization's roles come by a stack set.
export const stackSetActions = ["CreateStackInstances", "UpdateStackInstances", "UpdateStackSet"].map(
  (name) => `cloudformation:${name}`,
);
export const policyActions = ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"];

const anyAccount = "#".repeat(12);

export interface Grant {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface SelfEscalation {
  /** Index into the statement's actions. */
  readonly actionIndex: number;
  /** What the pattern allows, such as `iam:PutRolePolicy`. */
  readonly allows: string;
  readonly target: "role" | "policies" | "stack";
}

/**
 * Actions of an Allow statement by which the customer's role could change its own policies, trust or boundary. Conditions
 * and Deny statements are not considered: a grant that needs them to be harmless is refused.
 */
export function findSelfEscalation(serviceName: string, grant: Grant): readonly SelfEscalation[] {
  if (grant.effect !== "Allow") return [];
  const targets = [
    { target: "role", names: roleActions, arn: `arn:aws:iam::${anyAccount}:role/${serviceName}/*` },
    { target: "policies", names: policyActions, arn: `arn:aws:iam::${anyAccount}:policy/${serviceName}/*` },
    { target: "stack", names: stackActions, arn: `arn:aws:cloudformation:*:${anyAccount}:stack/${serviceName}-**` },
    {
      target: "stack",
      names: stackSetActions,
      arn: `arn:aws:cloudformation:*:${anyAccount}:stackset/${serviceName}-*:*`,
    },
  ] as const;
  const reachable = targets.filter(({ arn }) => grant.resources.some((pattern) => canName(pattern, arn)));
  return grant.actions.flatMap((action, actionIndex) => {
    for (const { target, names } of reachable) {
      const allows = names.find((name) => patternsOverlap(action.toLowerCase(), name.toLowerCase()));
      if (allows) return [{ actionIndex, allows, target }];
    }
    return [];
  });
}
