import { isIP } from "node:net";
import { type Comparison, isNegated } from "./condition";
import { type Keys, meaningOf, milliseconds } from "./operators";
import { ANY, arnParts, instanceOf, matchesTokens, ONE, type Token, tokensOf } from "./text-pattern";

/** No policy can hold it (IAM takes U+0020 to U+00FF), so no value written in one is or matches a text made of it. */
const UNWRITTEN = "\uE000";

/** A text that nobody wrote into the policy, longer than what single-character wildcards in these values reach. */
export function unwritten(values: readonly string[]): string {
  return UNWRITTEN.repeat(Math.max(2, ...values.map((value) => value.length + 1)));
}

/**
 * Values of a condition key that are worth trying: of all that someone could choose freely, whatever satisfies these comparisons
 * is satisfied by one of these.
 */
export function valuesToTry(found: readonly Comparison[], keys: Keys, variables: boolean): string[] {
  const kinds = new Set(found.map(({ operator }) => kindOf(operator)));
  return [...new Set([...kinds].flatMap((kind) => tries[kind](found, keys, variables)))];
}

type Kind = "text" | "number" | "date" | "address" | "truth";

function kindOf(operator: string): Kind {
  if (operator.startsWith("numeric")) return "number";
  if (operator.startsWith("date")) return "date";
  if (operator === "bool") return "truth";
  return operator.endsWith("ipaddress") ? "address" : "text";
}

const valuesOf = (found: readonly Comparison[]) => found.flatMap(({ values }) => values);

const tries: Readonly<
  Record<Kind, (found: readonly Comparison[], keys: Keys, variables: boolean) => readonly string[]>
> = {
  truth: () => ["true", "false"],
  number: (found) => valuesOf(found).flatMap((value) => [-1, 0, 1].map((step) => String(Number(value) + step))),
  date: (found) =>
    valuesOf(found)
      .map(milliseconds)
      .filter((time) => Number.isFinite(time))
      .flatMap((time) => [-1_000, 0, 1_000].map((step) => new Date(time + step).toISOString())),
  address: (found) =>
    [
      ...valuesOf(found).flatMap((value) => value.split("/")[0] ?? []),
      ...["192.0.2.77", "198.51.100.77", "203.0.113.77", "2001:db8::77"],
    ].filter((value) => isIP(value) !== 0),
  text: (found, keys, variables) => textsToTry(found, keys, variables),
};

function textsToTry(found: readonly Comparison[], keys: Keys, variables: boolean): string[] {
  const compiled = found.map((comparison) => {
    if (kindOf(comparison.operator) !== "text") return [];
    const { wildcards = false, variables: knows } = meaningOf(comparison) ?? {};
    const lookup = variables && knows ? (name: string) => keys.get(name.toLowerCase())?.[0] : undefined;
    return comparison.values.flatMap((value) => {
      const tokens = tokensOf(value, wildcards, lookup);
      return tokens ? [tokens] : [];
    });
  });
  const nobody = unwritten(valuesOf(found));
  const all = compiled.flat();
  const pieces = all.flatMap((tokens) => tokens.filter((token) => typeof token === "string"));
  const patterns = all.filter(isPattern);
  // Where patterns of several comparisons must hold, one may have to be filled with what another demands.
  const several = compiled.filter((values) => values.some(isPattern)).length > 1;
  const fillings = [nobody, "", ...(several ? fillingsBetween(pieces, nobody) : [])];
  return [
    nobody,
    nobody.slice(0, 2),
    ...all.filter((tokens) => !isPattern(tokens)).flatMap((tokens) => spellings(instanceOf(tokens, ""), found)),
    ...patterns.flatMap((tokens) => fillings.map((filling) => instanceOf(tokens, filling))),
  ];
}

function fillingsBetween(pieces: readonly string[], nobody: string): string[] {
  const few = [...new Set(pieces)].slice(0, 6);
  return few.flatMap((piece) => [piece, `${nobody}${piece}`, `${piece}${nobody}`, `${nobody}${piece}${nobody}`]);
}

function spellings(text: string, found: readonly Comparison[]): string[] {
  const ignoresCase = found.some(({ operator }) => operator.endsWith("ignorecase"));
  return ignoresCase ? [text, text.toUpperCase(), text.toLowerCase()] : [text];
}

export function isPattern(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token === ANY || token === ONE);
}

/** Whether several patterns must hold of one key, so that no value was found does not say that there is none. */
export function isTangled(found: readonly Comparison[]): boolean {
  const wild = found.filter(
    (comparison) =>
      !isNegated(comparison) &&
      meaningOf(comparison)?.wildcards &&
      comparison.values.some((value) => /[*?]|\$\{/.test(value)),
  );
  return wild.length > 1;
}

/** Accounts that values for ARNs name, or where they do so in part, several that these match: one of them may be a party's own. */
export function accountsInArns(found: readonly Comparison[]): string[] {
  return found.flatMap((comparison) =>
    comparison.values.flatMap((value) => {
      const account = arnParts(tokensOf(value, meaningOf(comparison)?.wildcards ?? false) ?? [])[4] ?? [];
      return ["0", "5", "9"].map((digit) => numberLike(account, digit)).filter((number) => /^\d{12}$/.test(number));
    }),
  );
}

/** An account's number that the tokens match, with this digit for what they leave open. */
function numberLike(tokens: readonly Token[], digit: string): string {
  const given = instanceOf(
    tokens.filter((token) => token !== ANY),
    "",
  );
  const open = tokens.indexOf(ANY);
  return tokens
    .map((token, index) => {
      if (token === ONE) return digit;
      if (token === ANY) return index === open ? digit.repeat(Math.max(0, 12 - given.length)) : "";
      return token;
    })
    .join("");
}

/** Each is somebody more to be tried: a policy of real life has a handful of patterns. */
const MOST_FILLED = 200;

/** Where several patterns for ARNs must hold, one may have to be filled with what another demands of the name. */
function fillingsForSeveral(found: readonly Comparison[], nobody: string): string[] {
  const names = found.map((comparison) =>
    comparison.values.flatMap((value) =>
      arnParts(tokensOf(value, meaningOf(comparison)?.wildcards ?? false) ?? []).slice(5),
    ),
  );
  if (names.filter((ofOne) => ofOne.some(isPattern)).length < 2) return [];
  const pieces = names.flat(2).filter((token) => typeof token === "string");
  return fillingsBetween(pieces, nobody).slice(0, MOST_FILLED / names.flat().length);
}

/** ARNs of an account that patterns for ARNs match. */
export function arnsOfAccount(
  found: readonly Comparison[],
  { partition, accountId }: { partition: string; accountId: string },
): string[] {
  const nobody = unwritten(valuesOf(found));
  const fillings = [nobody, `role/${nobody}`, "", ...fillingsForSeveral(found, nobody)];
  return found.flatMap((comparison) => {
    const wildcards = meaningOf(comparison)?.wildcards ?? false;
    return comparison.values.flatMap((value) => {
      const tokens = tokensOf(value, wildcards) ?? [];
      const parts = arnParts(tokens);
      const [, , service = [], , account = [], resource = []] = parts;
      if (parts.length !== 6) return [`arn:${partition}:iam::${accountId}:role/${instanceOf(tokens, nobody)}`];
      if (!matchesTokens(account, accountId)) return [];
      const begin = `arn:${partition}:${isPattern(service) ? "iam" : instanceOf(service, "")}::${accountId}`;
      return fillings.map((filling) => `${begin}:${instanceOf(resource, filling)}`);
    });
  });
}
