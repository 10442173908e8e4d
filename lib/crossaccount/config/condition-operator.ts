import { nearName } from "./near-name";

/** What an operator compares. */
export type OperatorFamily = "String" | "Numeric" | "Date" | "Bool" | "Binary" | "IpAddress" | "Arn" | "Null";

export interface ConditionOperator {
  readonly family: OperatorFamily;
  readonly set?: "ForAllValues" | "ForAnyValue";
}

const comparing = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const families: Readonly<Record<Exclude<OperatorFamily, "Null">, readonly string[]>> = {
  String: [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ],
  Numeric: comparing.map((name) => `Numeric${name}`),
  Date: comparing.map((name) => `Date${name}`),
  Bool: ["Bool"],
  Binary: ["BinaryEquals"],
  IpAddress: ["IpAddress", "NotIpAddress"],
  Arn: ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html */
const sets = [undefined, "ForAllValues", "ForAnyValue"] as const;

/** Every operator by its only spelling: IAM tells capital letters apart. */
const operators: ReadonlyMap<string, ConditionOperator> = new Map([
  ["Null", { family: "Null" }] as const,
  ...Object.entries(families).flatMap(([family, bases]) =>
    bases.flatMap((base) =>
      sets.flatMap((set) =>
        ["", "IfExists"].map((suffix): [string, ConditionOperator] => [
          `${set ? `${set}:` : ""}${base}${suffix}`,
          { family: family as OperatorFamily, ...(set && { set }) },
        ]),
      ),
    ),
  ),
]);

export function readOperator(written: string): ConditionOperator | undefined {
  return operators.get(written);
}

/** The operators of a family as words, such as `Bool` or `DateEquals, DateNotEquals, …`. */
export function operatorsOf(family: Exclude<OperatorFamily, "Null">): string {
  const [first = "", second, ...more] = families[family];
  return [first, second, more.length > 0 ? "…" : undefined].filter(Boolean).join(", ");
}

export function operatorFault(written: string): string | undefined {
  if (readOperator(written)) return undefined;
  if (/^(For\w+:)?Null(IfExists)?$/i.test(written) && written.toLowerCase() !== "null") {
    return "is not an IAM condition operator: Null stands alone, without ForAllValues, ForAnyValue or IfExists";
  }
  const near = nearName(written, [...operators.keys()]);
  return near
    ? `is not an IAM condition operator; did you mean ${near}?`
    : "is not an IAM condition operator; examples are StringEquals, ArnLike and ForAnyValue:StringLike";
}
