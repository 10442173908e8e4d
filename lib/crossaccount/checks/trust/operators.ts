import { BlockList, isIP } from "node:net";
import { type Comparison, isNegated } from "./condition";
import { ANY, arnParts, matchesTokens, type Token, tokensOf } from "./text-pattern";

/** Condition keys of one request, by their names in lower case. */
export type Keys = ReadonlyMap<string, readonly string[]>;

interface Meaning {
  /** Whether its values may hold wildcards, and policy variables. */
  wildcards?: true;
  variables?: true;
  /** Undefined where a value is not of the operator's type. */
  matches: (actual: string, expected: readonly Token[]) => boolean | undefined;
}

const asText = (tokens: readonly Token[]) => tokens.join("");
const compared = (number: (text: string) => number, compare: (actual: number, expected: number) => boolean) => ({
  matches: (actual: string, expected: readonly Token[]) => {
    const [left, right] = [number(actual), number(asText(expected))];
    return Number.isNaN(left) || Number.isNaN(right) ? undefined : compare(left, right);
  },
});
const arn: Meaning = {
  wildcards: true,
  variables: true,
  matches: (actual, expected) => {
    const [parts, patterns] = [arnParts([actual]), arnParts(expected)];
    if (parts.length !== 6) return false;
    if (expected.length === 1 && expected[0] === ANY) return true;
    return (
      patterns.length === 6 && patterns.every((pattern, index) => matchesTokens(pattern, asText(parts[index] ?? [])))
    );
  },
};

const meanings: Readonly<Record<string, Meaning>> = {
  stringequals: { variables: true, matches: (actual, expected) => actual === asText(expected) },
  stringequalsignorecase: {
    variables: true,
    matches: (actual, expected) => actual.toLowerCase() === asText(expected).toLowerCase(),
  },
  stringlike: { wildcards: true, variables: true, matches: (actual, expected) => matchesTokens(expected, actual) },
  arnequals: arn,
  arnlike: arn,
  bool: { variables: true, matches: (actual, expected) => actual.toLowerCase() === asText(expected).toLowerCase() },
  ipaddress: { matches: (actual, expected) => blockOf(asText(expected))?.(actual) },
  numericequals: compared(Number, (a, b) => a === b),
  numericlessthan: compared(Number, (a, b) => a < b),
  numericlessthanequals: compared(Number, (a, b) => a <= b),
  numericgreaterthan: compared(Number, (a, b) => a > b),
  numericgreaterthanequals: compared(Number, (a, b) => a >= b),
  dateequals: compared(milliseconds, (a, b) => a === b),
  datelessthan: compared(milliseconds, (a, b) => a < b),
  datelessthanequals: compared(milliseconds, (a, b) => a <= b),
  dategreaterthan: compared(milliseconds, (a, b) => a > b),
  dategreaterthanequals: compared(milliseconds, (a, b) => a >= b),
};

export function meaningOf({ operator }: Pick<Comparison, "operator">): Meaning | undefined {
  const base = operator.replace("not", "");
  return Object.hasOwn(meanings, base) ? meanings[base] : undefined;
}

/**
 * Whether a request meets a comparison (IAM User Guide, reference_policies_elements_condition_operators and
 * reference_policies_multi-value-conditions). `unsure` is the answer where an operator or value is not understood.
 */
export function meets(
  comparison: Comparison,
  keys: Keys,
  { variables, unsure }: { variables: boolean; unsure: boolean },
): boolean {
  const { operator, set, key, values, passesWhenMissing } = comparison;
  const actual = keys.get(key.toLowerCase());
  if (operator === "null") return values.some((value) => (value.toLowerCase() === "true") === (actual === undefined));
  if (actual === undefined) return passesWhenMissing;
  const meaning = meaningOf(comparison);
  if (!meaning) return unsure;
  const lookup = variables && meaning.variables ? (name: string) => single(keys.get(name.toLowerCase())) : undefined;
  const expected = values.map((value) => tokensOf(value, meaning.wildcards ?? false, lookup));
  const negated = isNegated(comparison);
  // A statement with a variable that has no value applies to nobody.
  if (negated && expected.includes(undefined)) return false;
  let understood = true;
  const one = (value: string) => {
    const answers = expected.map((tokens) => (tokens ? meaning.matches(value, tokens) : false));
    understood &&= !answers.includes(undefined);
    return negated !== answers.includes(true);
  };
  const each = set === "all" || (set === null && negated);
  const met = each ? actual.every(one) : actual.some(one);
  return understood ? met : unsure;
}

function single(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

/** Epoch milliseconds of a date in W3C's notation, or of seconds since 1970; four digits may be either. */
export function milliseconds(text: string): number {
  if (/^\d{4}$/.test(text)) return Number.NaN;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const isTime = /T\d\d:\d\d/.test(text);
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  return /^\d{4}-\d\d(-\d\d)?/.test(text) ? Date.parse(isTime && !zoned ? `${text}Z` : text) : Number.NaN;
}

function blockOf(text: string): ((address: string) => boolean) | undefined {
  const [address = "", bits] = text.split("/");
  const family = isIP(address);
  if (family === 0) return undefined;
  const length = bits === undefined ? (family === 6 ? 128 : 32) : Number(bits);
  if (!Number.isInteger(length) || length < 0 || length > (family === 6 ? 128 : 32)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, length, family === 6 ? "ipv6" : "ipv4");
  return (actual) => isIP(actual) !== 0 && list.check(actual, isIP(actual) === 6 ? "ipv6" : "ipv4");
}
