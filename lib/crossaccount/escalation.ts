import { empoweringCalls, launchingCalls, PASS_ROLE, seizingCalls, singleCalls, taming } from "./escalation-paths";
import { patternsOverlap } from "./policy-pattern";

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
  const broad = allowedCalls(grants, ({ resources }) => resources.some(isBroad));
  const single = Object.entries(singleCalls).flatMap(([name, leadsTo]) => broad.matching([name], leadsTo));
  return [...single, ...passing(grants), ...empowering(grants)];
}

/** Whether a resource pattern can name what its author did not: fewer than three letters of the name are certain. */
export function isBroad(resource: string): boolean {
  const name = resource.split(":").slice(5).join(":");
  const [, rest = ""] = /^(?:[a-z-]+[/:])?(.*)$/s.exec(name) ?? [];
  const certain = rest.replace(/^\//, "").split(/[*?]|\$\{/)[0] ?? "";
  const wholly = !/[*?]|\$\{/.test(rest) && rest !== "";
  return !wholly && certain.length < 3;
}

/** Passing a role to something that is started with it: whoever starts it acts with the role's permissions. */
function passing(grants: readonly EscalationGrant[]): Escalation[] {
  const launches = allowedCalls(grants).first(launchingCalls);
  if (!launches) return [];
  const leadsTo = `together with ${launches} starts something with any role of the account`;
  return allowedCalls(grants, ({ resources }) => resources.some(isBroad)).matching([PASS_ROLE], leadsTo);
}

/** Giving permissions to a role that can be had: through its trust policy, by assuming it, or because it is new. */
function empowering(grants: readonly EscalationGrant[]): Escalation[] {
  const seizes = allowedCalls(grants, (grant) => !isTamed(grant, "seizing")).first(seizingCalls);
  if (!seizes) return [];
  const leadsTo = `together with ${seizes} makes a role with any permissions and takes it`;
  return allowedCalls(grants, (grant) => !isTamed(grant, "empowering")).matching(empoweringCalls, leadsTo);
}

function isTamed({ condition = {} }: EscalationGrant, by: string): boolean {
  const keys = Object.entries(condition)
    .filter(([operator]) => /^(string|arn)(equals|like)$/i.test(operator))
    .flatMap(([, values]) => Object.keys(values).map((key) => key.toLowerCase()));
  return keys.some((key) => taming[by]?.includes(key) === true);
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
