import type { Check, Evidence } from "../types";
import { check, fact } from "./check";
import { type ExpectedStatement, findGaps, type PermissionGap, statementJson } from "./permission-gaps";
import type { RolePolicies } from "./role-policies";

export interface OngoingInput {
  expected: readonly ExpectedStatement[];
  policies: RolePolicies;
}

/** Compares the ongoing permissions of the template with what is attached to the role. */
export function checkOngoingPermissions({ expected, policies }: OngoingInput): Check {
  const gaps = findGaps(expected, policies);
  const unread = unreadableEvidence(policies);
  const missing = gaps.filter(({ reason }) => reason !== "partly-denied");
  const count = expected.reduce((sum, { actions }) => sum + actions.length, 0);

  // A policy that could not be read may hold what seems to be missing; without the lists nothing is known at all.
  if (policies.unreadable.length > 0 && missing.length > 0) return unreadableCheck(policies, unread, gaps);
  if (missing.length > 0) {
    return check("ongoing-permissions", "failed", gaps.flatMap(gapEvidence), findingFor(missing));
  }
  const granted = fact("Granted", `${count} of ${count} actions in ${expected.length} statements`);
  if (gaps.length > 0) {
    return check("ongoing-permissions", "warning", [granted, ...gaps.flatMap(gapEvidence)], {
      cause: "Another policy of the role denies part of what the template grants.",
      confidence: "certain",
      remedy: "If the denial is meant, nothing is to do; otherwise remove it from the policy named above.",
    });
  }
  if (unread.length > 0) {
    return check("ongoing-permissions", "warning", [granted, ...unread], {
      cause: "Everything needed is granted, but a policy that the role may not read could still deny some of it.",
      confidence: "possible",
      remedy: "Allow the role to read the policy named above, or detach it, if calls are denied.",
    });
  }
  return check("ongoing-permissions", "passed", [granted]);
}

function unreadableCheck(policies: RolePolicies, unread: Evidence[], gaps: PermissionGap[]): Check {
  const refused = policies.unreadable.some(({ failure }) => failure.kind === "refused");
  if (!refused) {
    return check("ongoing-permissions", "warning", unread, {
      cause: "AWS gave no clear answer when the role's policies were read.",
      confidence: "certain",
      remedy: "Verify again in a minute. What was known of this connection stays as it was.",
    });
  }
  return check("ongoing-permissions", "failed", [...unread, ...gaps.flatMap(gapEvidence)], {
    cause: "The role may not read all of its own policies, so what it is granted cannot be seen completely.",
    confidence: "certain",
    remedy: "Update the stack with the current template, which lets the role read its own policies; then verify again.",
  });
}

function gapEvidence(gap: PermissionGap): Evidence[] {
  const actions = gap.actions.join(", ");
  switch (gap.reason) {
    case "missing":
      return [
        fact("Not granted", actions),
        {
          label: `Add this statement to policy ${gap.statement.policy}`,
          value: statementJson(gap),
          format: "code",
        },
      ];
    case "denied":
      return [fact(`Denied by policy ${gap.policy}`, actions)];
    case "partly-denied":
      return [fact(`Denied in part by policy ${gap.policy}`, actions)];
    case "bounded":
      return [fact(`Not allowed by permissions boundary ${gap.policy}`, actions)];
  }
}

function findingFor(gaps: readonly PermissionGap[]): Pick<Check, "cause" | "confidence" | "remedy"> {
  const first = gaps[0];
  switch (first?.reason) {
    case "denied":
      return {
        cause: "A Deny statement in another policy of the role takes away what the template grants.",
        confidence: "certain",
        remedy: `Remove the Deny from policy ${first.policy}, or except the actions above from it.`,
      };
    case "bounded":
      return {
        cause: "The role's permissions boundary does not allow everything that the template grants.",
        confidence: "certain",
        remedy: `Allow the actions above in the boundary policy ${first.policy}.`,
      };
    default:
      return {
        cause: "The role's policies were edited, or its stack uses an older template.",
        confidence: "likely",
        remedy: "Update the stack with the current template, or add each statement above in IAM; then verify again.",
      };
  }
}

export function unreadableEvidence(policies: RolePolicies): Evidence[] {
  return policies.unreadable.map(({ what, action, failure }) =>
    fact(`Could not be read: ${what}`, `${action} answered ${failure.code}`),
  );
}
