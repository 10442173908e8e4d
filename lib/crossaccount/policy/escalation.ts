import { type AllowedCall, allowedCalls, type EscalationGrant } from "./allowed-calls";
import { combinedCalls, launchingCalls, PASS_ROLE, seizingCalls, takingCalls, writingCalls } from "./escalation-paths";
import { areNamed, takenResources, takenTypes } from "./reach";
import type { ActionPlace } from "./scope";
import { isNarrowedByTag, takesTags } from "./tag-condition";
import { tamedBy } from "./taming";

export type { EscalationGrant } from "./allowed-calls";

/** What holds a path to something certain: resources by name, by a tag, a demanded boundary, policies that may be attached. */
export type Narrowing = "names" | "tag" | "boundary" | "policies";

export interface Escalation {
  /** Index into the grants. */
  readonly grantIndex: number;
  readonly place: ActionPlace;
  /** What the action pattern allows, such as `iam:PassRole`. */
  readonly allows: string;
  /** What that leads to, as the end of a sentence about the role. */
  readonly leadsTo: string;
  /** A path that nothing narrows may end in administrator. */
  readonly narrowedBy?: Narrowing;
  /** What would narrow it. */
  readonly helps: readonly Narrowing[];
  /** Indexes of the other grants that take part. */
  readonly others: readonly number[];
}

/**
 * Known ways by which all grants together let a role gain more than they say, those that nothing narrows first. Deny statements are
 * not considered: a grant that needs them to be harmless is named.
 */
export function findEscalations(grants: readonly EscalationGrant[]): Escalation[] {
  const found = [...taking(grants), ...combined(grants), ...passing(grants), ...writing(grants)];
  return [...found.filter(({ narrowedBy }) => !narrowedBy), ...found.filter(({ narrowedBy }) => narrowedBy)];
}

/** Acting as what is there: a user, a machine, a function. */
function taking(grants: readonly EscalationGrant[]): Escalation[] {
  return allowedCalls(grants, Object.keys(takingCalls)).flatMap((call) =>
    escalation(call, takingCalls[call.name] ?? "", narrowedTake(call, grants)),
  );
}

/** Changing what somebody else's runs, and making it run. */
function combined(grants: readonly EscalationGrant[]): Escalation[] {
  return combinedCalls.flatMap(({ change, start, leadsTo }) => {
    const starts = allowedCalls(grants, [start]);
    if (starts.length === 0) return [];
    return allowedCalls(grants, [change]).flatMap((call) =>
      escalation(call, `together with ${start} ${leadsTo}`, narrowedTake(call, grants), starts),
    );
  });
}

/**
 * Passing a role to something that is started with it: whoever starts it acts with the role's permissions. Tags of the role do not
 * count: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html calls that unreliable.
 */
function passing(grants: readonly EscalationGrant[]): Escalation[] {
  const launches = allowedCalls(grants, launchingCalls);
  const [first] = launches;
  if (!first) return [];
  return allowedCalls(grants, [PASS_ROLE]).flatMap((call) => {
    const taken = takenResources(PASS_ROLE, call.resources);
    const narrowedBy = areNamed(PASS_ROLE, taken) ? "names" : undefined;
    const roles = narrowedBy ? "the roles that it may pass, and acts as they" : "any role of the account";
    const leadsTo = `together with ${first.name} starts something with ${roles}`;
    const others = [...launches, ...allowedCalls(grants, seizingCalls)];
    return taken.length > 0 ? escalation(call, leadsTo, { narrowedBy, helps: ["names"] }, others) : [];
  });
}

/** Giving permissions, which somebody who has them can be had: by a trust policy, a key, or because something runs with them. */
function writing(grants: readonly EscalationGrant[]): Escalation[] {
  const takers = allowedCalls(grants, [...seizingCalls, PASS_ROLE]);
  return allowedCalls(grants, Object.keys(writingCalls)).flatMap((call) => {
    const known = writingCalls[call.name];
    if (!known || takenResources(call.name, call.resources).length === 0) return [];
    const narrowedBy = tamedBy(known.tamedBy, call.grant, grants);
    const helps = known.tamedBy.map((key) => (key === "iam:policyarn" ? "policies" : "boundary"));
    return escalation(call, narrowedBy ? known.within : known.leadsTo, { narrowedBy, helps }, takers);
  });
}

interface Narrowed {
  readonly narrowedBy?: Narrowing;
  readonly helps: readonly Narrowing[];
}

/** `null` where the grant names nothing that the call could take. */
function narrowedTake({ name, grant, resources }: AllowedCall, grants: readonly EscalationGrant[]): Narrowed | null {
  const taken = takenResources(name, resources);
  if (taken.length === 0) return null;
  const byTag = isNarrowedByTag(name, grant, grants) ? "tag" : undefined;
  const helps: Narrowing[] = [
    ...(takenTypes(name).length > 0 ? ["names" as const] : []),
    ...(takesTags(name) ? ["tag" as const] : []),
  ];
  return { narrowedBy: areNamed(name, taken) ? "names" : byTag, helps };
}

function escalation(
  { grantIndex, place, name }: AllowedCall,
  leadsTo: string,
  narrowed: Narrowed | null,
  others: readonly AllowedCall[] = [],
): Escalation[] {
  if (!narrowed) return [];
  const indexes = [...new Set(others.map((call) => call.grantIndex))];
  return [{ grantIndex, place, allows: name, leadsTo, ...narrowed, others: indexes }];
}
