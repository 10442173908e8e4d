import {
  BOUNDARY_KEY,
  combinedCalls,
  empoweringCalls,
  givenRoles,
  LIFT_BOUNDARY,
  launchingCalls,
  PASS_ROLE,
  PUT_BOUNDARY,
  seizingCalls,
  singleCalls,
  taming,
  unboundedPolicies,
  writingCalls,
} from "./escalation-paths";
import { patternsOverlap, restsAfter } from "./pattern";

export interface EscalationGrant {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Escalation {
  /** Index into the grants. */
  readonly grantIndex: number;
  /** Index into that grant's actions. */
  readonly actionIndex: number;
  /** What the action pattern allows, such as `iam:PassRole`. */
  readonly allows: string;
  /** What that leads to, as the end of a sentence about the role. */
  readonly leadsTo: string;
}

/**
 * Known ways by which all grants together let a role gain more than they say. Deny statements are not considered: a grant
 * that needs them to be harmless is named.
 */
export function findEscalations(grants: readonly EscalationGrant[]): Escalation[] {
  const reaching = allowedCalls(grants, reachesOthers);
  const single = Object.entries(singleCalls).flatMap(([name, leadsTo]) => reaching.matching([name], leadsTo));
  return [...single, ...combined(grants), ...passing(grants), ...empowering(grants)];
}

function reachesOthers({ resources }: EscalationGrant): boolean {
  return resources.some((resource) => isBroad(resource) || canName(resource, `${"#".repeat(12)}:role/`, givenRoles));
}

/** Whether a resource pattern matches one of the names right below the path. Names hold no slash and no colon. */
function canName(resource: string, path: string, names: readonly string[]): boolean {
  const rests = restsAfter(resource, `arn:aws:iam::${path}`).filter((rest) => /^[\w+=,.@*?-]+$/.test(rest));
  return rests.some((rest) => names.some((name) => patternsOverlap(rest, name)));
}

/** Services whose resource names begin without a type. */
const untyped = /^arn:[^:]*:(codecommit|codepipeline|execute-api|s3|sns|sqs):/;

/** Whether a resource pattern can name what its author did not: fewer than three letters of the name are certain. */
export function isBroad(resource: string): boolean {
  const name = resource.split(":").slice(5).join(":");
  const isTyped = !untyped.test(resource);
  if (isTyped && /^[^/:]*([*?]|\$\{)/.test(name)) return true;
  const [, rest = ""] = /^(?:[a-z-]+[/:](?:service-role\/)?)?(.*)$/s.exec(name) ?? [];
  const certain = rest.replace(/^\//, "").split(/[*?]|\$\{/)[0] ?? "";
  const wholly = !/[*?]|\$\{/.test(rest) && rest !== "";
  return !wholly && certain.length < 3;
}

/** Passing a role to something that is started with it: whoever starts it acts with the role's permissions. */
function passing(grants: readonly EscalationGrant[]): Escalation[] {
  const launches = allowedCalls(grants).first(launchingCalls);
  if (!launches) return [];
  const leadsTo = `together with ${launches} starts something with any role of the account`;
  return allowedCalls(grants, reachesOthers).matching([PASS_ROLE], leadsTo);
}

/** Changing what somebody else's runs, and making it run. */
function combined(grants: readonly EscalationGrant[]): Escalation[] {
  return combinedCalls.flatMap(({ change, start, leadsTo }) => {
    const starts = allowedCalls(grants).first([start]);
    if (!starts) return [];
    return allowedCalls(grants, reachesOthers).matching([change], `together with ${starts} ${leadsTo}`);
  });
}

/** Giving permissions to a role that can be had: through its trust policy, by assuming it, or because it is new. */
function empowering(grants: readonly EscalationGrant[]): Escalation[] {
  const seizes = allowedCalls(grants, (grant) => !isTamed(grant, "seizing", grants)).first(seizingCalls);
  if (!seizes) return [];
  const leadsTo = `together with ${seizes} makes a role with any permissions and takes it`;
  return allowedCalls(grants, (grant) => !isTamed(grant, "empowering", grants)).matching(empoweringCalls, leadsTo);
}

/** Whether a condition lets the grant attach, or demands as boundary, certain policies alone, none of which gives what it wants. */
function isTamed(grant: EscalationGrant, by: string, grants: readonly EscalationGrant[]): boolean {
  const keys = (taming[by] ?? []).filter((key) => key !== BOUNDARY_KEY || !canLiftBoundary(grants));
  return demandsHarmless(grant, keys, grants);
}

function canLiftBoundary(grants: readonly EscalationGrant[]): boolean {
  const puts = allowedCalls(grants, (grant) => !demandsHarmless(grant, [BOUNDARY_KEY], grants)).first([PUT_BOUNDARY]);
  return puts !== undefined || allowedCalls(grants).first([LIFT_BOUNDARY]) !== undefined;
}

function demandsHarmless(
  { condition = {} }: EscalationGrant,
  keys: readonly string[],
  grants: readonly EscalationGrant[],
): boolean {
  return Object.entries(condition)
    .filter(([operator]) => /^(string|arn)(equals|like)$/i.test(operator))
    .flatMap(([, values]) => Object.entries(values))
    .filter(([key]) => keys.includes(key.toLowerCase()))
    .some(([, values]) => [values].flat().every((value) => isHarmlessPolicy(String(value), grants)));
}

function isHarmlessPolicy(arn: string, grants: readonly EscalationGrant[]): boolean {
  if (isBroad(arn) || canName(arn, "aws:policy/", unboundedPolicies)) return false;
  const writes = allowedCalls(grants, ({ resources }) => resources.some((resource) => patternsOverlap(resource, arn)));
  return writes.first(writingCalls) === undefined;
}

function allowedCalls(grants: readonly EscalationGrant[], counts: (grant: EscalationGrant) => boolean = () => true) {
  const matching = (names: readonly string[], leadsTo: string): Escalation[] =>
    grants.flatMap((grant, grantIndex) => {
      if (grant.effect !== "Allow" || !counts(grant)) return [];
      return grant.actions.flatMap((action, actionIndex) => {
        const allows = names.find((name) => patternsOverlap(action.toLowerCase(), name.toLowerCase()));
        return allows ? [{ grantIndex, actionIndex, allows, leadsTo }] : [];
      });
    });
  return { matching, first: (names: readonly string[]) => matching(names, "")[0]?.allows };
}
