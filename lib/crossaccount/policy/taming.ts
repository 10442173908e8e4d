import { allowedCalls, type EscalationGrant } from "./allowed-calls";
import { canName } from "./arn-target";
import {
  BOUNDARY_KEY,
  boundingCalls,
  liftingCalls,
  POLICY_KEY,
  policyCalls,
  unboundedPolicies,
} from "./escalation-paths";
import { patternsOverlap } from "./pattern";
import { isBroad } from "./reach";

/** Which of the keys holds a grant to certain policies, none of which gives it what it wants, as boundary or to be attached. */
export function tamedBy(
  keys: readonly string[],
  grant: EscalationGrant,
  grants: readonly EscalationGrant[],
): "boundary" | "policies" | undefined {
  if (keys.includes(POLICY_KEY) && demandsHarmless(grant, POLICY_KEY, grants)) return "policies";
  const bounds = keys.includes(BOUNDARY_KEY) && demandsHarmless(grant, BOUNDARY_KEY, grants);
  return bounds && !canLiftBoundary(grants) ? "boundary" : undefined;
}

function canLiftBoundary(grants: readonly EscalationGrant[]): boolean {
  if (allowedCalls(grants, liftingCalls).length > 0) return true;
  return allowedCalls(grants, boundingCalls).some(({ grant }) => !demandsHarmless(grant, BOUNDARY_KEY, grants));
}

function demandsHarmless(
  { condition = {} }: EscalationGrant,
  wanted: string,
  grants: readonly EscalationGrant[],
): boolean {
  return Object.entries(condition)
    .filter(([operator]) => /^(string|arn)(equals|like)$/i.test(operator))
    .flatMap(([, values]) => Object.entries(values))
    .filter(([key]) => key.toLowerCase() === wanted)
    .some(([, values]) => [values].flat().every((value) => isHarmlessPolicy(String(value), grants)));
}

function isHarmlessPolicy(arn: string, grants: readonly EscalationGrant[]): boolean {
  if (isBroad(arn) || unboundedPolicies.some((name) => canName(arn, `arn:aws:iam::aws:policy/${name}`))) return false;
  const writing = allowedCalls(grants, policyCalls);
  return !writing.some(({ resources }) => resources.some((resource) => patternsOverlap(resource, arn)));
}
