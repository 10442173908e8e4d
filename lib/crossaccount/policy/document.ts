/** Condition block with every value as a list: operator → key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** One statement of a policy that a role has, in one shape however its author wrote it. */
export interface PolicyStatement {
  /** Name of the policy that it stands in. */
  policy: string;
  /** ARN of that policy; an inline policy has none. */
  policyArn?: string;
  effect: "Allow" | "Deny";
  /** Patterns; `excluded` when the statement says NotAction or NotResource. */
  actions: PatternList;
  resources: PatternList;
  conditions: Conditions;
}

export interface PatternList {
  patterns: readonly string[];
  excluded: boolean;
}

/** Reads a policy document; `null` when it is none. IAM returns documents percent-encoded. */
export function parsePolicy(policy: string, document: string, policyArn?: string): PolicyStatement[] | null {
  return (
    readStatements(document)?.map((statement) => ({
      policy,
      ...(policyArn && { policyArn }),
      effect: statement.Effect === "Deny" ? "Deny" : "Allow",
      actions: patternList(statement.Action, statement.NotAction),
      resources: patternList(statement.Resource, statement.NotResource),
      conditions: conditionBlock(statement.Condition),
    })) ?? null
  );
}

/** Which version of the policy language a document says it is in. */
export function versionOf(document: string): string | undefined {
  const parsed = parseJson(decoded(document));
  return isRecord(parsed) && typeof parsed.Version === "string" ? parsed.Version : undefined;
}

/** The statements of any policy document as they are written; `null` when it is none. */
export function readStatements(document: string): Record<string, unknown>[] | null {
  const parsed = parseJson(decoded(document));
  if (!isRecord(parsed)) return null;
  const statements = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement];
  return statements.filter(isRecord);
}

function decoded(document: string): string {
  if (!document.startsWith("%")) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return "";
  }
}

/**
 * When the statement stops applying, epoch milliseconds: the earliest `DateLessThan` on the current time. Of several values
 * the latest counts, because one that is met is enough (IAM User Guide, reference_policies_multi-value-conditions).
 */
export function expiryOf(conditions: Conditions): number | null {
  const times = Object.entries(conditions)
    .filter(([operator]) => /^datelessthan(equals)?$/i.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .filter(([key]) => /^aws:(currenttime|epochtime)$/i.test(key))
    .map(([, values]) => Math.max(...values.map(toMilliseconds)))
    .filter((time) => Number.isFinite(time));
  return times.length > 0 ? Math.min(...times) : null;
}

/** The conditions without the end that the template gives to setup statements, which differs from role to role. */
export function untimed(conditions: Conditions): Conditions {
  return Object.fromEntries(
    Object.entries(conditions).flatMap(([operator, keys]) => {
      if (!/^datelessthan$/i.test(operator)) return [[operator, keys]];
      const others = Object.entries(keys).filter(([key]) => !/^aws:currenttime$/i.test(key));
      return others.length > 0 ? [[operator, Object.fromEntries(others)]] : [];
    }),
  );
}

/** Fewer digits than those of seconds since 2001 may be a year or a date: not a number, as is all that cannot be told. */
function toMilliseconds(value: string): number {
  if (/^\d+$/.test(value)) return value.length >= 10 ? Number(value) * 1_000 : Number.NaN;
  return Date.parse(value);
}

export function patternList(included: unknown, excluded: unknown): PatternList {
  return excluded === undefined
    ? { patterns: strings(included), excluded: false }
    : { patterns: strings(excluded), excluded: true };
}

export function conditionBlock(value: unknown): Conditions {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))
      .map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, strings(values)])),
      ]),
  );
}

export function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map(String);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
