import { canName } from "./arn-target";
import { type ActionPlace, placesAllowing, reachedResources, type StatementScope } from "./scope";

/**
 * Calls that change what a role may do, whom it trusts or what bounds it, by the kind of resource they name; and what it says of itself,
 * by which it is verified, or its tags, by which others may let it in.
 */
export const roleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
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

export interface Grant extends StatementScope {
  readonly effect: string;
}

export interface SelfEscalation {
  readonly place: ActionPlace;
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
  const resources = reachedResources(grant);
  const reachable = targets.filter(({ arn }) => resources.some((pattern) => canName(pattern, arn)));
  const found = reachable.flatMap(({ target, names }) =>
    names.flatMap((allows) => placesAllowing(grant, allows).map((place) => ({ place, allows, target }))),
  );
  // One for each place is enough.
  return found.filter(({ place }, index) => found.findIndex((other) => other.place.join() === place.join()) === index);
}
