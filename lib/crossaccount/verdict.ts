/**
 * What a role may do, in three sentences. Pure, so that a browser can make them anew for the features that someone chooses; the facts
 * come from the statements themselves (`template/verdict-facts.ts`).
 */
export interface VerdictFacts {
  readonly phase: "ongoing" | "setup";
  /** Id of the feature that it comes with. */
  readonly feature?: string | undefined;
  readonly reads: readonly Reach[];
  readonly changes: readonly (Reach & { readonly verbs: readonly string[] })[];
  /** What must not be said of a role that has this. */
  readonly refutes: readonly Claim[];
  /** Policies by AWS that are attached. */
  readonly policiesByAws: readonly { readonly name: string; readonly readOnly: boolean }[];
  /** Leads to more than is listed. */
  readonly escalates: boolean;
}

/** Services, and where in them. */
export interface Reach {
  readonly services: readonly string[];
  /** Such as “only on bucket-*”; empty is anywhere in the account. */
  readonly where: string;
}

/** What a reader of a permission list fears most, in the order of the sentence. */
export const claims = {
  buckets: "buckets",
  databases: "databases",
  queues: "queues",
  secrets: "secret stores",
  access: "change users, roles and policies",
  run: "start, stop and enter machines",
} as const;
const stores: readonly Claim[] = ["buckets", "databases", "queues", "secrets"];
export type Claim = keyof typeof claims;

export interface Verdict {
  readonly reads: string;
  readonly changes: string;
  /** What it cannot do; where that is AWS's to say, or nobody's, that. */
  readonly limits: string;
  /** More can come of it than is listed. */
  readonly isOpen: boolean;
}

/** The verdict of the role with these features. */
export function verdictOf(facts: readonly VerdictFacts[], chosen: readonly string[]): Verdict {
  const own = facts.filter(({ feature }) => feature === undefined || chosen.includes(feature));
  const byAws = uniqueBy(
    own.flatMap(({ policiesByAws }) => policiesByAws),
    ({ name }) => name,
  );
  return {
    reads: readSentence(own, byAws),
    changes: changeSentence(own, byAws),
    limits: limitSentence(own, byAws),
    isOpen: own.some(({ escalates }) => escalates),
  };
}

type Named = VerdictFacts["policiesByAws"];

function readSentence(own: readonly VerdictFacts[], byAws: Named): string {
  const always = readsOf(own, "ongoing");
  const ongoing = phrases(always);
  const setup = phrases(without(readsOf(own, "setup"), always));
  const readers = byAws.map(({ name }) => name);
  const parts = [
    ...(ongoing ? [`reads in ${ongoing}`] : []),
    ...(readers.length > 0 ? [`reads what AWS puts into ${list(readers)}`] : []),
    ...(setup ? [`during setup also reads in ${setup}`] : []),
  ];
  return parts.length > 0 ? `It ${parts.join("; ")}.` : "It reads nothing but its own role.";
}

function changeSentence(own: readonly VerdictFacts[], byAws: Named): string {
  const ongoing = changesOf(own, "ongoing");
  const setup = changesOf(own, "setup");
  const writers = byAws.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
  const more = writers.length > 0 ? [`change what AWS puts into ${list(writers)}`] : [];
  const subject = byAws.length > 0 ? "Its own statements change" : "It changes";
  const can = [...(ongoing ? [ongoing] : []), ...more];
  if (can.length > 0) return `It can ${list(can)}${setup ? `; until setup is over also ${setup}` : ""}.`;
  return setup ? `${subject} nothing once setup is over; until then it can ${setup}.` : `${subject} nothing.`;
}

function limitSentence(own: readonly VerdictFacts[], byAws: Named): string {
  if (own.some(({ escalates }) => escalates))
    return "More can come of it than is listed: the permissions marked in red say what, and why they are asked for.";
  if (byAws.length > 0)
    return `AWS decides what ${list(byAws.map(({ name }) => name))} ${byAws.length === 1 ? "allows" : "allow"}, and may change it, so this is the least that the role may do.`;
  const cannot = cannotWords(new Set(own.flatMap(({ refutes }) => refutes)));
  const more = "the stack gives it nothing that is not listed below";
  return cannot ? `It cannot ${cannot}; ${more}.` : `T${more.slice(1)}.`;
}

function cannotWords(refuted: ReadonlySet<Claim>): string {
  const kept = Object.keys(claims).filter((claim): claim is Claim => !refuted.has(claim as Claim));
  const unread = stores.filter((claim) => kept.includes(claim)).map((claim) => claims[claim]);
  const others = kept.filter((claim) => !stores.includes(claim)).map((claim) => claims[claim]);
  const words = unread.length > 0 ? [`read what is in your ${list(unread)}`, ...others] : others;
  return words.length < 3 ? words.join(" or ") : `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}

function readsOf(own: readonly VerdictFacts[], phase: VerdictFacts["phase"]): Reach[] {
  const found = own.filter((facts) => facts.phase === phase).flatMap(({ reads }) => reads);
  return merged(found, ({ where }) => where);
}

function changesOf(own: readonly VerdictFacts[], phase: VerdictFacts["phase"]): string {
  const found = own.filter((facts) => facts.phase === phase).flatMap(({ changes }) => changes);
  const byVerbs = merged(found, ({ where, verbs }) => `${verbs.join()} ${where}`);
  return list(capped(byVerbs.map(({ verbs, ...reach }) => `${list(verbs)} in ${phrase(reach)}`)));
}

/** Where during setup it reaches nothing that it does not reach anyway. */
function without(setup: readonly Reach[], ongoing: readonly Reach[]): Reach[] {
  const everywhere = ongoing.find(({ where }) => where === "")?.services ?? [];
  return setup.flatMap(({ services, where }) => {
    const left = services.filter((service) => !everywhere.includes(service));
    return left.length > 0 ? [{ services: left, where }] : [];
  });
}

function merged<Item extends Reach>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const byKey = new Map<string, Item>();
  for (const item of items) {
    const before = byKey.get(keyOf(item))?.services ?? [];
    byKey.set(keyOf(item), { ...item, services: [...new Set([...before, ...item.services])] });
  }
  return [...byKey.values()].sort((one, other) => Number(one.where !== "") - Number(other.where !== ""));
}

/** “Cost Explorer and EC2, and in S3 only on a bucket”: what is limited stands apart from what is not. */
function phrases(reach: readonly Reach[]): string {
  const [first, ...rest] = capped(reach.map(phrase));
  return [first ?? "", ...rest.map((one) => `and in ${one}`)].join(", ");
}

function phrase({ services, where }: Reach): string {
  const shown = services.length <= 5 ? services : [...services.slice(0, 4), `${services.length - 4} more services`];
  return where ? `${list(shown)} ${where}` : list(shown);
}

function capped(items: readonly string[]): string[] {
  return items.length <= 4 ? [...items] : [...items.slice(0, 3), "others, listed below"];
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
