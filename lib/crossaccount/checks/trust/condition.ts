import type { Conditions } from "../../policy/document";

/** One comparison of a condition block, its operator taken apart. */
export interface Comparison {
  /** As written, such as `StringEqualsIfExists`. */
  written: string;
  /** In lower case, without set prefix and `IfExists`. */
  operator: string;
  /** Whether each value of the request must satisfy it, or one of them; without either, a negated operator asks it of each. */
  set: "all" | "any" | null;
  /** A request without the key satisfies it. */
  passesWhenMissing: boolean;
  /** The key as written. */
  key: string;
  values: readonly string[];
}

/** Comparisons as they stand, each by itself, which is the least that IAM could make of those that differ in case alone. */
export function separateComparisons(conditions: Conditions): Comparison[] {
  return Object.entries(conditions).flatMap(([written, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ written, key, values, ...parts(written) })),
  );
}

/** Comparisons that differ in case alone count as one with the values of all, which is the most that IAM could make of them. */
export function comparisons(conditions: Conditions): Comparison[] {
  const found = new Map<string, Comparison>();
  for (const [written, keys] of Object.entries(conditions)) {
    for (const [key, values] of Object.entries(keys)) {
      const name = `${written} ${key}`.toLowerCase();
      const known = found.get(name) ?? { written, key, values: [], ...parts(written) };
      found.set(name, { ...known, values: [...known.values, ...values] });
    }
  }
  return [...found.values()];
}

/**
 * A missing key satisfies IfExists, a negated operator and ForAllValues
 * (IAM User Guide, reference_policies_elements_condition_operators and reference_policies_multi-value-conditions).
 */
function parts(written: string): Pick<Comparison, "operator" | "set" | "passesWhenMissing"> {
  const [, set = "", base = "", ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/i.exec(written) ?? [];
  const operator = base.toLowerCase();
  const quantifier = /^forall/i.test(set) ? "all" : set === "" ? null : "any";
  const negated = isNegated({ operator }) && quantifier !== "any";
  return { operator, set: quantifier, passesWhenMissing: ifExists !== undefined || quantifier === "all" || negated };
}

export function isNegated({ operator }: Pick<Comparison, "operator">): boolean {
  return operator.includes("not");
}

export function onKey(conditions: Conditions, key: string): Comparison[] {
  return comparisons(conditions).filter((comparison) => comparison.key.toLowerCase() === key.toLowerCase());
}
