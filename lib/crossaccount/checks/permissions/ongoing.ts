import { causeTexts, type KnownPermissions, rankDenied } from "../../diagnosis";
import { reservedSids } from "../../grants/self-read";
import type { Check, Evidence } from "../../types";
import { check, fact } from "../check";
import type { PermissionGap } from "./gaps";
import { missingStatement } from "./missing-statement";
import { isHard, type PermissionEvidence, reconcile } from "./reconcile";
import type { RolePolicies } from "./role-policies";

export type OngoingInput = PermissionEvidence;

/** Compares the ongoing permissions of the template with what the role can do: as attached, as simulated, as really called. */
export function checkOngoingPermissions(input: OngoingInput): Check {
  const { expected, policies, simulation } = input;
  const { gaps, notes } = reconcile(input);
  const hard = gaps.filter(isHard);
  const evidence = [...gaps.flatMap(gapEvidence), ...notes];
  // A boundary that could not be read is known by the simulator.
  const unread = unreadableEvidence(policies, { boundary: !simulation?.ok });

  // A policy that could not be read may hold what seems to be missing; without the lists nothing is known at all.
  const hidden = policies.unreadable.filter(({ boundary }) => !boundary);
  if (hidden.length > 0 && hard.some(({ reason }) => reason === "missing")) {
    const refused = hidden.some(({ failure }) => failure.kind === "refused");
    return unreadableCheck(refused, [...unread, ...(refused ? evidence : notes)]);
  }
  if (hard.length > 0) return check("ongoing-permissions", "failed", evidence, findingFor(hard));

  const count = expected.reduce((sum, { actions }) => sum + actions.length, 0);
  const granted = fact("Granted", `${count} of ${count} actions in ${expected.length} statements`);
  if (gaps.length > 0) return check("ongoing-permissions", "warning", [granted, ...evidence], softFinding(gaps));
  if (unread.length > 0 && !simulatorAllowsAll(input)) {
    return check("ongoing-permissions", "warning", [granted, ...unread, ...notes], {
      cause: "Everything needed is granted, but a policy that the role may not read could still deny some of it.",
      confidence: "possible",
      remedy: "Allow the role to read the policy named above, or detach it, if calls are denied.",
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

function unreadableCheck(refused: boolean, evidence: Evidence[]): Check {
  if (!refused) {
    return check("ongoing-permissions", "warning", evidence, {
      cause: "AWS gave no clear answer when the role's policies were read.",
      causeId: "aws-unavailable",
      confidence: "certain",
      remedy: "Verify again in a minute. What is known about this connection has not changed.",
    });
  }
  return check("ongoing-permissions", "failed", evidence, {
    cause: "The role may not read all of its own policies, so what it is granted cannot be seen completely.",
    confidence: "certain",
    remedy: "Update the stack with the current template, which lets the role read its own policies; then verify again.",
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
      return [fact(`Denied in part by policy ${gap.policy}`, actions)];
    case "bounded":
      return [fact(`Not allowed by permissions boundary ${gap.policy}`, actions)];
    case "organization":
      return [fact("Not allowed by a service control policy of the organization", actions)];
    case "doubted":
      return [fact("Granted by policies, and not allowed by AWS's simulator", actions)];
    case "refused":
      return [fact("Granted by policies, and refused to a real call", actions), ...(gap.diagnosis?.evidence ?? [])];
  }
}

type Finding = Pick<Check, "cause" | "causeId" | "confidence" | "remedy">;

const known: Partial<Record<PermissionGap["reason"], KnownPermissions>> = {
  missing: { policies: "missing" },
  denied: { policies: "deny" },
  bounded: { simulation: "denied-by-boundary" },
  organization: { simulation: "denied-by-organization" },
};

export function findingFor([gap]: readonly PermissionGap[]): Finding {
  const { cause, confidence } = gap?.diagnosis ?? rankDenied(gap && known[gap.reason])[0];
  const { explanation, nextAction } = causeTexts[cause];
  return { cause: explanation, causeId: cause, confidence, remedy: (gap && remedyFor(gap)) ?? nextAction };
}

function remedyFor({ reason, policy }: PermissionGap): string | undefined {
  if (reason === "denied") return `Remove the Deny from policy ${policy}, or except the actions above from it.`;
  if (reason === "bounded") return `Allow the actions above in the boundary policy ${policy}.`;
  return undefined;
}

function softFinding(gaps: readonly PermissionGap[]): Finding {
  return gaps.some(({ reason }) => reason === "partly-denied")
    ? {
        cause: "Another policy of the role denies part of what the template grants.",
        confidence: "certain",
        remedy: "If the denial is meant, nothing is to do; otherwise remove it from the policy named above.",
      }
    : {
        cause: "The attached policies grant everything, and AWS's simulator does not allow all of it.",
        confidence: "possible",
        remedy:
          "If calls are refused, look in CloudTrail for the reason; a change that was just made may need a minute.",
      };
}

export function unreadableEvidence(policies: RolePolicies, { boundary = true } = {}): Evidence[] {
  return policies.unreadable
    .filter((unreadable) => boundary || !unreadable.boundary)
    .map(({ what, action, failure }) => fact(`Could not be read: ${what}`, `${action} answered ${failure.code}`));
}
