import { type ConditionOperator, type OperatorFamily, operatorsOf } from "./condition-operator";
import { type KeyKind, knownKeys, tagKeys } from "./known-condition-keys";
import { nearName } from "./near-name";

// A key has a service or aws before its colon, which also keeps out Ref, Fn::Sub and the like: CloudFormation would run them.
const keyPattern = /^(?!Fn::)[A-Za-z0-9][A-Za-z0-9.-]*(\/[A-Za-z0-9./-]+)?:[^:\t\n\r][^\t\n\r]*$/;

type ComparingFamily = Exclude<OperatorFamily, "Null">;

interface Comparable {
  readonly holds: string;
  /** Operators that AWS documents for such a key. */
  readonly documented: readonly ComparingFamily[];
  /** Operators that can match all the same, because the values are text in the end. */
  readonly possible: readonly ComparingFamily[];
}

const kinds: Readonly<Record<KeyKind, Comparable>> = {
  text: { holds: "text", documented: ["String"], possible: [] },
  account: { holds: "an account ID", documented: ["String"], possible: ["Numeric"] },
  arn: { holds: "an ARN", documented: ["Arn", "String"], possible: [] },
  bool: { holds: "true or false", documented: ["Bool"], possible: ["String"] },
  date: { holds: "a date and time", documented: ["Date"], possible: [] },
  seconds: { holds: "seconds since 1970", documented: ["Date", "Numeric"], possible: [] },
  number: { holds: "a number", documented: ["Numeric"], possible: ["String"] },
  ip: { holds: "an IP address", documented: ["IpAddress"], possible: ["String"] },
};

const kindByKey = new Map(Object.entries(knownKeys).map(([name, known]) => [name.toLowerCase(), known]));

function isTag(key: string): boolean {
  return tagKeys.some((prefix) => key.toLowerCase().startsWith(`${prefix.toLowerCase()}/`));
}

export function isMultivalued(key: string): boolean {
  return kindByKey.get(key.toLowerCase())?.several ?? false;
}

export function keyFault(key: string): string | undefined {
  if (!keyPattern.test(key)) return "is not an IAM condition key; an example is aws:RequestedRegion";
  if (key.includes("${"))
    return `is not an IAM condition key: IAM replaces no \${…} in the name of a key; write the name out`;
  const untagged = tagKeys.find((prefix) => [prefix, `${prefix}/`, `${prefix}/*`].some((form) => same(form, key)));
  if (untagged) return `names no tag; write it after a slash, such as ${untagged}/team`;
  if (!isUnknownGlobal(key)) return undefined;
  const near = nearName(key.split("/")[0] ?? key, [...Object.keys(knownKeys), ...tagKeys]);
  return near && `is not a key that AWS has; did you mean ${near}?`;
}

/** What can never match though IAM stores it; its negation, which always does, is as wrong. */
export function comparisonFault(
  operator: ConditionOperator,
  key: string,
  values: readonly string[],
): string | undefined {
  const known = kindByKey.get(key.toLowerCase());
  const { family } = operator;
  if (!known || family === "Null") return undefined;
  const { holds, documented, possible } = kinds[known.kind];
  const isPossible = documented.includes(family) || possible.includes(family);
  const isRange = known.kind === "ip" && family === "String" && values.some((value) => value.includes("/"));
  if (isPossible && !isRange) return undefined;
  return `can never match, because ${key} holds ${holds}; use ${documented.map(operatorsOf).join(", or ")}`;
}

/** What IAM stores and AWS advises against. */
export function comparisonNotes(operator: ConditionOperator, key: string): string[] {
  const known = kindByKey.get(key.toLowerCase());
  const notes: string[] = [];
  if (isUnknownGlobal(key)) {
    notes.push(
      "is not among the global keys that AWS documents; a request that lacks it does not match. Check its spelling",
    );
  }
  if (same(key, "aws:username")) notes.push("is there for IAM users only; the requests of a role lack it");
  if (!known || operator.family === "Null") return notes;
  const { holds, documented } = kinds[known.kind];
  if (!documented.includes(operator.family)) {
    notes.push(
      `holds ${holds}, for which AWS documents ${documented.map(operatorsOf).join(", or ")}; this compares its text`,
    );
  }
  if (operator.set && !known.several) {
    const passing = operator.set === "ForAllValues" ? ", and ForAllValues is also true without it" : "";
    notes.push(`has one value at most${passing}; leave ${operator.set} out`);
  }
  if (!operator.set && known.several)
    notes.push("may have several values; say ForAllValues: or ForAnyValue: before the operator");
  return notes;
}

function isUnknownGlobal(key: string): boolean {
  return /^aws:/i.test(key) && !kindByKey.has(key.toLowerCase()) && !isTag(key);
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
