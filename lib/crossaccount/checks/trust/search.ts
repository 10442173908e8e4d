import { type Comparison, comparisons, isNegated, separateComparisons } from "./condition";
import type { TrustStatement } from "./document";
import { type Attempt, isAbout, letsIn, type Requester } from "./evaluation";
import { type Keys, meaningOf, meets, milliseconds } from "./operators";
import { isTangled, unwritten, valuesToTry } from "./values";
import { byVariables, valuesReferredTo, variablesIn } from "./variables";

/** The values of a key, one choice of all that someone has; undefined: the request has no such key. */
export type Choice = readonly string[] | undefined;

/** Someone who may want the role, and what of their request is not theirs to choose. */
export interface Candidate {
  action: Attempt["action"];
  who: Requester;
  /** Choices for a key that is not free; null where they choose it as they like. */
  choices(key: string, found: readonly Comparison[]): readonly Choice[] | null;
  /** Keys that matter though the policy does not name them. */
  further?: readonly string[];
  /** Whether someone with these keys is one of those who are looked for. */
  isMeant?(keys: Keys): boolean;
}

export interface Entrance {
  attempt: Attempt;
  /** It was evaluated and found allowed, rather than not understood. */
  sure: boolean;
}

/** How much a policy may still be tried; whoever edits one must not be able to keep us busy. */
export interface Budget {
  /** Comparisons of a value with one of the policy. */
  left: number;
}

/** Some tenths of a second. A policy of real life needs a few thousand. */
export const createBudget = (): Budget => ({ left: 200_000 });

const CLOCK = ["aws:currenttime", "aws:epochtime"];

/** A request by which a statement lets the candidate in past all Deny statements; null where there is none. */
export function findEntrance(
  allow: TrustStatement,
  denials: readonly TrustStatement[],
  candidate: Candidate,
  { now, budget }: { now: Date; budget: Budget },
): Entrance | null {
  const { action, who } = candidate;
  const empty: Attempt = { action, who, keys: new Map() };
  if (!isAbout(allow, empty)) return null;
  const against = denials.filter((denial) => isAbout(denial, empty));
  if (against.some(({ conditions }) => Object.keys(conditions).length === 0)) return null;

  const demanded = comparisons(allow.conditions);
  const refused = against.flatMap(({ conditions }) => separateComparisons(conditions));
  if (budget.left < 0) return { attempt: empty, sure: false };
  const steps = stepsOf(demanded, refused, candidate, { now, budget }, allow.variables);
  const weight = 1 + weightOf([...demanded, ...refused]);
  const search = (keys: Map<string, readonly string[]>, at: number): Attempt | "given-up" | null => {
    const step = steps[at];
    if (!step) {
      budget.left -= weight;
      const attempt: Attempt = { action, who, keys };
      return (candidate.isMeant?.(keys) ?? true) && letsIn(allow, against, attempt) ? attempt : null;
    }
    for (const choice of step.choices(keys)) {
      budget.left -= step.weight;
      if (budget.left < 0) return "given-up";
      const next = new Map([...keys, ...choice]);
      if (!step.demands.every((demand) => meets(demand, next, { variables: allow.variables, unsure: true }))) continue;
      const found = search(next, at + 1);
      if (found) return found;
    }
    return null;
  };
  const found = search(new Map(), 0);
  if (found === "given-up") return { attempt: empty, sure: false };
  if (found) {
    const understood = demanded.every(isUnderstood) && refused.every(isUnderstood);
    return { attempt: found, sure: understood && letsIn(allow, against, found, { unsure: false }) };
  }
  return steps.some(({ tangled }) => tangled) && steps.every(({ possible }) => possible)
    ? { attempt: empty, sure: false }
    : null;
}

interface Step {
  /** Entries for the keys that this step decides. */
  choices(keys: Keys): Iterable<readonly (readonly [string, readonly string[]])[]>;
  /** What the Allow asks of them. */
  demands: readonly Comparison[];
  /** What it costs to try one choice. */
  weight: number;
  /** Several patterns must hold at once, so that no value was found does not say that there is none. */
  tangled: boolean;
  /** Some choice meets each of the demands by itself. */
  possible: boolean;
}

function stepsOf(
  demanded: readonly Comparison[],
  refused: readonly Comparison[],
  candidate: Candidate,
  { now, budget }: { now: Date; budget: Budget },
  variables: boolean,
): Step[] {
  const all = [...demanded, ...refused];
  const names = [...new Set([...all.map(({ key }) => key.toLowerCase()), ...(candidate.further ?? [])])];
  const named = variables ? [...names, ...variablesIn(all)] : names;
  const keys = [...new Set(named)].filter((key) => !CLOCK.includes(key)).sort(byVariables(all));
  const clock = all.filter(({ key }) => CLOCK.includes(key.toLowerCase()));
  const steps = keys.map((key): Step => {
    const on = (list: readonly Comparison[]) => list.filter((one) => one.key.toLowerCase() === key);
    const found = on(all);
    const given = candidate.choices(key, found);
    const wanted = given || !variables ? [] : valuesReferredTo(key, all, (other) => candidate.choices(other, []));
    const choices = (keys: Keys) =>
      (given ?? freeChoices(found, keys, variables, wanted)).map((choice) => (choice ? [[key, choice] as const] : []));
    const demands = on(demanded);
    const free = given === null || given.length > 1;
    const tangled = free && isTangled([...demands, ...on(refused).filter(isNegated).map(positive)]);
    const weight = 1 + weightOf(demands);
    const first = [...choices(new Map())];
    budget.left -= first.length * weight;
    const possible = demands.every((demand) =>
      first.some((choice) => meets(demand, new Map(choice), { variables, unsure: true })),
    );
    return {
      choices,
      demands,
      weight,
      tangled,
      possible: possible || /\$\{/.test(demands.flatMap((d) => d.values).join()),
    };
  });
  return clock.length === 0 ? steps : [...steps, clockStep(clock, demanded, now)];
}

/** The time is nobody's choice, but whoever wants in can wait. */
function clockStep(clock: readonly Comparison[], demanded: readonly Comparison[], now: Date): Step {
  const times = clock
    .flatMap(({ values }) => values.map(milliseconds))
    .filter((time) => Number.isFinite(time))
    .flatMap((time) => [time - 1_000, time, time + 1_000])
    .filter((time) => time > now.getTime());
  const choices = [now.getTime(), ...times].map((time) => [
    ["aws:currenttime", [new Date(time).toISOString()]] as const,
    ["aws:epochtime", [String(Math.floor(time / 1_000))]] as const,
  ]);
  const demands = demanded.filter(({ key }) => CLOCK.includes(key.toLowerCase()));
  const possible = demands.every((demand) =>
    choices.some((choice) => meets(demand, new Map(choice), { variables: false, unsure: true })),
  );
  return { choices: () => choices, demands, weight: 1 + weightOf(demands), tangled: false, possible };
}

/** No such key, one value, or all of them where a comparison looks at a set. */
function freeChoices(
  found: readonly Comparison[],
  keys: Keys,
  variables: boolean,
  wanted: readonly string[],
): Choice[] {
  // A key that others are compared with alone may be anything.
  const values = found.length === 0 ? [unwritten([]), ...wanted] : [...valuesToTry(found, keys, variables), ...wanted];
  const sets = found.some(({ set }) => set !== null);
  return [undefined, ...values.map((value) => [value]), ...(sets ? [values] : [])];
}

/** What a Deny refuses by a negated comparison, it demands. */
function positive(comparison: Comparison): Comparison {
  return { ...comparison, operator: comparison.operator.replace("not", "") };
}

function weightOf(found: readonly Comparison[]): number {
  return found.reduce((sum, { values }) => sum + values.length, 0);
}

function isUnderstood(comparison: Comparison): boolean {
  return comparison.operator === "null" || meaningOf(comparison) !== undefined;
}
