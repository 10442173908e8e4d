import { patternsOverlap, restsAfter } from "./pattern";

/** Calls that change what a role may do, whom it trusts or what bounds it, by the kind of resource they name. */
const roleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];
const stackActions = ["CreateChangeSet", "ExecuteChangeSet", "SetStackPolicy", "UpdateStack"].map(
  (name) => `cloudformation:${name}`,
);
const policyActions = ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"];

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
  const stacks = `arn:aws:cloudformation:*:*:stack/${serviceName}-*`;
  const targets = [
    { target: "role", names: roleActions, named: (pattern: string) => canName(pattern, `:role/${serviceName}/`) },
    {
      target: "policies",
      names: policyActions,
      named: (pattern: string) => canName(pattern, `:policy/${serviceName}/`),
    },
    { target: "stack", names: stackActions, named: (pattern: string) => patternsOverlap(pattern, stacks) },
  ] as const;
  const reachable = targets.filter(({ named }) => grant.resources.some(named));
  return grant.actions.flatMap((action, actionIndex) => {
    for (const { target, names } of reachable) {
      const allows = names.find((name) => patternsOverlap(action.toLowerCase(), name.toLowerCase()));
      if (allows) return [{ actionIndex, allows, target }];
    }
    return [];
  });
}

/** Whether a resource pattern matches something named below the path in any account. Names hold no slash and no colon. */
function canName(pattern: string, path: string): boolean {
  const anyAccount = "#".repeat(12);
  return restsAfter(pattern, `arn:aws:iam::${anyAccount}${path}`).some((rest) => /^[\w+=,.@*?-]+$/.test(rest));
}
