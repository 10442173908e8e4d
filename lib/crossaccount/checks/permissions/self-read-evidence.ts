import { reservedSids } from "../../grants/self-read";
import type { Evidence } from "../../types";
import { fact } from "../check";
import type { ExpectedStatement } from "./expected-statement";
import type { PermissionGap } from "./gaps";
import type { RolePolicies } from "./role-policies";

/** Whether the gap is in what the template adds so that the role can be verified. */
export function isSelfRead({ statement }: PermissionGap): boolean {
  return reservedSids.includes(statement.sid);
}

/** Whether the role was refused even the names of its own policies, so that nothing of them is known. */
export function isBlind({ unreadable }: RolePolicies): boolean {
  const lists = ["iam:ListAttachedRolePolicies", "iam:ListRolePolicies"];
  return unreadable.some(({ action, failure }) => lists.includes(action) && failure.kind === "refused");
}

/** The statements that let the role be verified, and where to add them. */
export function selfReadEvidence(expected: readonly ExpectedStatement[], roleName: string): Evidence[] {
  const statements = expected
    .filter(({ sid }) => reservedSids.includes(sid))
    .map(({ sid, effect, actions, resources }) => ({ Sid: sid, Effect: effect, Action: actions, Resource: resources }));
  const document = { Version: "2012-10-17", Statement: statements };
  return [
    fact("Where", `IAM › Roles › ${roleName} › Add permissions › Create inline policy`),
    { label: "Policy to add", value: JSON.stringify(document, null, 2), format: "code" },
  ];
}
