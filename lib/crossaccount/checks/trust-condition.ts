import type { Conditions } from "./policy-document";

/** One comparison of a condition block, its operator taken apart. */
export interface Comparison {
  /** As written, such as `StringEqualsIfExists`. */
  written: string;
  /** In lower case, without set prefix and `IfExists`. */
  operator: string;
  /** A request without the key satisfies it. */
  passesWhenMissing: boolean;
  /** The key as written. */
  key: string;
  values: readonly string[];
}

export function comparisons(conditions: Conditions): Comparison[] {
  return Object.entries(conditions).flatMap(([written, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ written, key, values, ...parts(written) })),
  );
}

/**
 * A missing key satisfies IfExists, a negated operator and ForAllValues
 * (IAM User Guide, reference_policies_elements_condition_operators and reference_policies_multi-value-conditions).
 */
function parts(written: string): Pick<Comparison, "operator" | "passesWhenMissing"> {
  const [, set = "", base = "", ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/i.exec(written) ?? [];
  const operator = base.toLowerCase();
  const negated = operator.includes("not") && set.toLowerCase() !== "foranyvalue:";
  return { operator, passesWhenMissing: ifExists !== undefined || set.toLowerCase() === "forallvalues:" || negated };
}

export function onKey(conditions: Conditions, key: string): Comparison[] {
  return comparisons(conditions).filter((comparison) => comparison.key.toLowerCase() === key.toLowerCase());
}

/** Whether a value stands for more than itself: a wildcard where the operator knows them, or a policy variable. */
export function isPattern({ operator }: Comparison, value: string): boolean {
  return value.includes("${") || (/like$|^arn/.test(operator) && /[*?]/.test(value));
}
