import { BlockList, isIP } from "node:net";
import { ANY, matches, ONE, type Pattern } from "./pattern";

/** One condition operator without its quantifier and `IfExists`. */
export interface Comparison {
  negated: boolean;
  wildcards: boolean;
  /** Whether its values may hold policy variables. */
  variables: boolean;
  /** Whether a value in a policy is of the operator's type. */
  validate(value: string): boolean;
  compare(actual: string, expected: Pattern): boolean;
}

type Definition = Omit<Comparison, "negated">;

const anything = () => true;

const stringEquals: Definition = {
  wildcards: false,
  variables: true,
  validate: anything,
  compare: (actual, expected) => actual === plain(expected),
};

const stringEqualsIgnoreCase: Definition = {
  ...stringEquals,
  compare: (actual, expected) => actual.toLowerCase() === plain(expected).toLowerCase(),
};

const stringLike: Definition = {
  wildcards: true,
  variables: true,
  validate: anything,
  compare: (actual, expected) => matches(expected, actual),
};

/** ArnEquals and ArnLike are the same: the six parts are compared one by one, so no wildcard reaches over a colon. */
const arnLike: Definition = {
  wildcards: true,
  variables: true,
  validate: (value) => value === "*" || /^arn(:[^:]*){4}:./s.test(value),
  compare: (actual, expected) => {
    const [actualParts, expectedParts] = [arnParts([actual]), arnParts(expected)];
    if (actualParts.length !== 6) return false;
    if (expected.filter((part) => part !== "").length === 1 && expected.includes(ANY)) return true;
    return (
      expectedParts.length === 6 && expectedParts.every((part, index) => matches(part, plain(actualParts[index] ?? [])))
    );
  },
};

const numeric = (compare: (actual: number, expected: number) => boolean): Definition => ({
  wildcards: false,
  variables: false,
  validate: (value) => !Number.isNaN(toNumber(value)),
  compare: (actual, expected) => compare(toNumber(actual), toNumber(plain(expected))),
});

const date = (compare: (actual: number, expected: number) => boolean): Definition => ({
  wildcards: false,
  variables: false,
  validate: (value) => !Number.isNaN(toTime(value)),
  compare: (actual, expected) => compare(toTime(actual), toTime(plain(expected))),
});

const bool: Definition = {
  wildcards: false,
  variables: true,
  validate: (value) => /^(true|false|\$\{.*\})$/i.test(value),
  compare: (actual, expected) => actual.toLowerCase() === plain(expected).toLowerCase(),
};

const ipAddress: Definition = {
  wildcards: false,
  variables: false,
  validate: (value) => blockOf(value) !== undefined,
  compare: (actual, expected) => {
    const address = actual.replace(/^::ffff:(?=[\d.]+$)/, "");
    const family = isIP(address);
    return family !== 0 && (blockOf(plain(expected))?.check(address, family === 6 ? "ipv6" : "ipv4") ?? false);
  },
};

const binaryEquals: Definition = {
  wildcards: false,
  variables: false,
  validate: (value) => /^[A-Za-z\d+/]+={0,2}$/.test(value) && value.length % 4 === 0,
  compare: (actual, expected) => Buffer.from(actual, "base64").equals(Buffer.from(plain(expected), "base64")),
};

const is = (definition: Definition): Comparison => ({ ...definition, negated: false });
const isNot = (definition: Definition): Comparison => ({ ...definition, negated: true });
const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const lessOrEqual = (a: number, b: number) => a <= b;
const greater = (a: number, b: number) => a > b;
const greaterOrEqual = (a: number, b: number) => a >= b;

export const comparisons: Record<string, Comparison> = {
  StringEquals: is(stringEquals),
  StringNotEquals: isNot(stringEquals),
  StringEqualsIgnoreCase: is(stringEqualsIgnoreCase),
  StringNotEqualsIgnoreCase: isNot(stringEqualsIgnoreCase),
  StringLike: is(stringLike),
  StringNotLike: isNot(stringLike),
  ArnEquals: is(arnLike),
  ArnLike: is(arnLike),
  ArnNotEquals: isNot(arnLike),
  ArnNotLike: isNot(arnLike),
  NumericEquals: is(numeric(equal)),
  NumericNotEquals: isNot(numeric(equal)),
  NumericLessThan: is(numeric(less)),
  NumericLessThanEquals: is(numeric(lessOrEqual)),
  NumericGreaterThan: is(numeric(greater)),
  NumericGreaterThanEquals: is(numeric(greaterOrEqual)),
  DateEquals: is(date(equal)),
  DateNotEquals: isNot(date(equal)),
  DateLessThan: is(date(less)),
  DateLessThanEquals: is(date(lessOrEqual)),
  DateGreaterThan: is(date(greater)),
  DateGreaterThanEquals: is(date(greaterOrEqual)),
  Bool: is(bool),
  IpAddress: is(ipAddress),
  NotIpAddress: isNot(ipAddress),
  BinaryEquals: is(binaryEquals),
};

function plain(pattern: Pattern): string {
  return pattern.map((part) => (part === ANY ? "*" : part === ONE ? "?" : String(part))).join("");
}

/** Splits at the first five colons. */
function arnParts(pattern: Pattern): Pattern[] {
  const parts: Pattern[] = [[]];
  for (const token of pattern) {
    const pieces: Pattern = typeof token === "string" ? token.split(":") : [token];
    pieces.forEach((piece, index) => {
      if (index === 0) parts.at(-1)?.push(piece);
      else if (parts.length < 6) parts.push([piece]);
      else parts.at(-1)?.push(`:${String(piece)}`);
    });
  }
  return parts;
}

function toNumber(text: string): number {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** ISO 8601, from `2026-01` to fractions of a second, or seconds since the epoch. */
function toTime(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const [, year, month, day = "01", time = ""] =
    /^(\d{4})-(\d\d)(?:-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?$/.exec(text) ?? [];
  if (year === undefined || month === undefined) return Number.NaN;
  // JavaScript would read 31 February as a day of March, and a time without a zone as the machine's.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return Number.NaN;
  return Date.parse(`${year}-${month}-${day}${time === "" || /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`}`);
}

function blockOf(text: string): BlockList | undefined {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  const length = bits === undefined ? (family === 6 ? 128 : 32) : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (family === 0 || address.includes("%") || more.length > 0 || length < 0 || length > (family === 6 ? 128 : 32))
    return undefined;
  const list = new BlockList();
  list.addSubnet(address, length, family === 6 ? "ipv6" : "ipv4");
  return list;
}
