import { type KnownPermissions, rankDenied } from "../../diagnosis";
import { reservedSids } from "../../grants/self-read";
import type { Check, Evidence } from "../../types";
import { check, type Finding, fact, finding } from "../check";
import type { PermissionGap } from "./gaps";
import { unattached, unattachedEvidence, unattachedFinding } from "./managed-grants";
import { policyName } from "./managed-policy";
import { missingStatement } from "./missing-statement";
import { isHard, type PermissionEvidence, reconcile, SIMULATED } from "./reconcile";
import type { RolePolicies } from "./role-policies";
import { isBlind, isSelfRead, selfReadEvidence } from "./self-read-evidence";

export interface OngoingInput extends PermissionEvidence {
  /** ARNs of the policies by AWS that the role should have. */
  managed: readonly string[];
  roleName: string;
}

/** Compares the ongoing permissions of the template with what the role can do: as attached, as simulated, as really called. */
export function checkOngoingPermissions(input: OngoingInput): Check {
  const { expected, policies, simulation, managed, roleName } = input;
  const { gaps: found, notes } = reconcile(input);
  // A boundary that could not be read is known by the simulator.
  const unread = unreadableEvidence(policies, { boundary: !simulation?.ok });
  const hidden = policies.unreadable.filter(({ boundary }) => !boundary);

  // What the role may read of itself is proven by its reading.
  const blocked = policies.unreadable.length > 0 || simulation?.ok === false;
  const selfRead = blocked && found.some(isSelfRead);
  const gaps = found.filter((gap) => !isSelfRead(gap) && !(hidden.length > 0 && isUnseen(gap, input)));
  const unseen = found.some((gap) => !isSelfRead(gap) && hidden.length > 0 && isUnseen(gap, input));

  const hard = gaps.filter(isHard);
  const lacking = unattached(managed, policies);
  const evidence = [...unattachedEvidence(lacking), ...gaps.flatMap(gapEvidence), ...notes];
  if (lacking.length > 0) return check("ongoing-permissions", "failed", evidence, unattachedFinding(lacking));
  if (hard.length > 0) return check("ongoing-permissions", "failed", evidence, findingFor(hard));
  if (selfRead || isBlind(policies)) {
    const shown = [...selfReadEvidence(expected, roleName), ...unread, ...evidence];
    return check("ongoing-permissions", "warning", shown, unverifiable);
  }
  if (unseen) return unseenCheck(hidden, [...unread, ...evidence]);

  const count = expected.reduce((sum, { actions }) => sum + actions.length, 0);
  const byAws = managed.length === 0 ? "" : `, and ${managed.map(policyName).join(", ")} by AWS`;
  const granted = fact("Granted", `${count} of ${count} actions in ${expected.length} statements${byAws}`);
  if (gaps.length > 0) return check("ongoing-permissions", "warning", [granted, ...evidence], softFinding(gaps));
  if (unread.length > 0 && !simulatorAllowsAll(input)) {
    return check("ongoing-permissions", "warning", [granted, ...unread, ...notes], {
      ...unreadableFinding(policies),
      cause: "Everything needed is granted, but a policy that the role may not read could still deny some of it.",
      confidence: "possible",
    });
  }
  return check("ongoing-permissions", "passed", [granted, ...notes]);
}

/** Then nothing that could not be read takes anything away. */
function simulatorAllowsAll({ expected, simulation }: PermissionEvidence): boolean {
  if (!simulation?.ok) return false;
  const asked = expected.filter(({ effect, sid }) => effect === "Allow" && !reservedSids.includes(sid));
  return asked.every((statement) =>
    statement.actions.every((action) => simulation.decide(statement, action).kind === "allowed"),
  );
}

/**
 * Whether a policy that could not be read may hold what seems to be missing, and AWS's simulator does not say that it does not.
 */
function isUnseen({ statement, actions, reason }: PermissionGap, { simulation }: PermissionEvidence): boolean {
  if (reason !== "missing") return false;
  return !simulation?.ok || actions.some((action) => simulation.decide(statement, action).kind !== "denied");
}

const unverifiable = finding("role-unreadable", "certain", {
  cause:
    "The role may not read itself, as roles made by the template may. What it is granted works, and cannot be compared with what was agreed.",
  remedy: "Add the policy shown to the role, which lets it read itself and nothing else; then verify again.",
});

function unseenCheck(hidden: RolePolicies["unreadable"], evidence: Evidence[]): Check {
  if (hidden.some(({ failure }) => failure.kind === "refused")) {
    return check("ongoing-permissions", "warning", evidence, {
      cause:
        "The role may not read one of its own policies, so it cannot be seen whether everything agreed is granted.",
      confidence: "certain",
      remedy:
        "Allow the role to read the policy named above, with iam:GetPolicy and iam:GetPolicyVersion; then verify again.",
    });
  }
  return check("ongoing-permissions", "warning", evidence, {
    cause: "AWS gave no clear answer when the portal read the role's policies.",
    causeId: "aws-unavailable",
    confidence: "certain",
    remedy: "Verify again in a minute. What is known about this connection has not changed.",
  });
}

export function gapEvidence(gap: PermissionGap): Evidence[] {
  const actions = gap.actions.join(", ");
  switch (gap.reason) {
    case "missing":
      return missingStatement(gap);
    case "denied":
      return [fact(`Denied by policy ${gap.policy}`, actions)];
    case "partly-denied":
      return [fact(`Partly denied by policy ${gap.policy}`, actions)];
    case "bounded":
      return [fact(`Not allowed by permissions boundary ${gap.policy}`, actions)];
    case "organization":
      return [fact("Not allowed by a service control policy of the organization", actions)];
    case "doubted":
      return [fact("Granted by policies, but not allowed by AWS's simulator", actions)];
    case "refused":
      return [fact("Granted by policies, but a real call was refused", actions), ...(gap.diagnosis?.evidence ?? [])];
  }
}

const known: Partial<Record<PermissionGap["reason"], KnownPermissions>> = {
  missing: { policies: "missing" },
  denied: { policies: "deny" },
  bounded: { simulation: "denied-by-boundary" },
  organization: { simulation: "denied-by-organization" },
};

export function findingFor(gaps: readonly PermissionGap[]): Finding {
  const [gap] = gaps;
  const { cause, confidence } = gap?.diagnosis ?? rankDenied(gap && known[gap.reason])[0];
  if (gap?.reason !== "missing") return finding(cause, confidence, gap ? particular(gap) : {});
  const lacking = gaps.filter(({ reason }) => reason === "missing").map(({ statement }) => statement.policy);
  return finding(cause, confidence, { policies: [...new Set(lacking)].map((name) => ({ name })) });
}

function particular({ reason, policy, policyArn }: PermissionGap): Partial<Finding> {
  if (reason === "bounded") return { remedy: `Allow the actions above in the boundary policy ${policy}.` };
  if (reason !== "denied" && reason !== "partly-denied") return {};
  // What AWS's simulator found has no name.
  if (policy === undefined || policy === SIMULATED) return {};
  const remedy = `Remove the Deny from policy ${policy}, or except the actions above from it.`;
  return { ...(reason === "denied" && { remedy }), policies: [{ name: policy, ...(policyArn && { arn: policyArn }) }] };
}

function softFinding(gaps: readonly PermissionGap[]): Finding {
  const denied = gaps.find(({ reason }) => reason === "partly-denied");
  return denied ? finding("denied-in-part", "certain", particular(denied)) : finding("simulator-doubts", "possible");
}

/** A policy that the role may not read is none of the template's, unless it may read nothing at all. */
export function unreadableFinding({ unreadable }: RolePolicies): Finding {
  const policies = unreadable.flatMap(({ what, arn, boundary }) => (arn && !boundary ? [{ name: what, arn }] : []));
  if (policies.length === 0) return finding("role-unreadable", "certain");
  return finding("policy-unreadable", "certain", { policies });
}

export function unreadableEvidence(policies: RolePolicies, { boundary = true } = {}): Evidence[] {
  return policies.unreadable
    .filter((unreadable) => boundary || !unreadable.boundary)
    .map(({ what, action, failure }) => fact(`Could not be read: ${what}`, `${action} answered ${failure.code}`));
}
