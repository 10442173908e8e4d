import type { Permission } from "../grants/permission";
import { type Escalation, findEscalations, type Narrowing } from "../policy/escalation";

export interface EscalationNote {
  /** Index into the permissions. */
  readonly index: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong about ways to more than is listed: those that nothing narrows, that nobody acknowledged, or that are not there. */
export function escalationNotes(permissions: readonly Permission[]): readonly EscalationNote[] {
  const found = findEscalations(permissions);
  return [...pathNotes(permissions, found), ...needlessNotes(permissions, found)];
}

/** One for each action is enough; what nothing narrows comes first. */
function pathNotes(permissions: readonly Permission[], found: readonly Escalation[]): EscalationNote[] {
  const seen = new Set<string>();
  return found.flatMap((path) => {
    const { grantIndex: index, place, narrowedBy } = path;
    const { escalates } = permissions[index] ?? {};
    const seenAs = `${index} ${place.join()}`;
    if (seen.has(seenAs) || (narrowedBy && escalates !== undefined)) return [];
    seen.add(seenAs);
    const gains = `would let the role gain more than it is given: ${path.allows} ${path.leadsTo}${alsoAllowed(path, found)}`;
    const message = narrowedBy
      ? `${gains}. It is narrowed ${narrowings[narrowedBy]}; say why it is needed in "escalates", which customers read in red, or leave it out`
      : `${gains}. ${helpOf(path)}${escalates === undefined ? "" : '. "escalates" excuses only what is narrowed so'}`;
    return [{ index, path: place, message }];
  });
}

/** What else the same pattern, or a list that leaves out, allows: all at once, or its author would be told one at each start. */
function alsoAllowed({ grantIndex, place, allows, narrowedBy }: Escalation, found: readonly Escalation[]): string {
  const same = found.filter((one) => one.grantIndex === grantIndex && one.place.join() === place.join());
  const names = same.filter((one) => narrowedBy || !one.narrowedBy).map((one) => one.allows);
  const others = [...new Set(names)].filter((name) => name !== allows);
  return others.length === 0 ? "" : `; so would ${others.join(", ")}`;
}

const narrowings: Readonly<Record<Narrowing, string>> = {
  names: "by the names of its resources",
  tag: "by a tag",
  boundary: "by a permissions boundary",
  policies: "by the policies that it may attach",
};

const helps: Readonly<Record<Narrowing, string>> = {
  names: "name the resources",
  tag: "demand a tag of them that no statement lets the role set (StringEquals on aws:ResourceTag/…)",
  boundary:
    "demand a permissions boundary that the role can neither write nor take away (ArnEquals on iam:PermissionsBoundary)",
  policies: "say which policies it may attach (ArnEquals on iam:PolicyARN)",
};

/** What AWS would narrow it by, and only that. */
function helpOf({ allows, helps: by }: Escalation): string {
  const ways = by.map((way) => helps[way]);
  if (allows === "iam:PassRole") {
    return "Name the roles that it may pass, and say in iam:PassedToService to which services; tags of roles do not count for iam:PassRole";
  }
  if (ways.length === 0) return "Nothing narrows that call; leave it out";
  return `Narrow the actions, or ${ways.join(", or ")}`;
}

/** An acknowledgement without a cause is a mistake, or what it was for is gone. */
function needlessNotes(permissions: readonly Permission[], found: readonly Escalation[]): EscalationNote[] {
  const takingPart = new Set(found.flatMap(({ grantIndex, others }) => [grantIndex, ...others]));
  return permissions.flatMap(({ escalates }, index) =>
    escalates === undefined || takingPart.has(index)
      ? []
      : [{ index, path: ["escalates"], message: "acknowledges nothing: no action here leads to more than is listed" }],
  );
}
