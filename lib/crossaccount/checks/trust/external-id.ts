import { type Comparison, isPattern, onKey } from "./condition";
import type { TrustStatement } from "./document";

const KEY = "sts:ExternalId";

/**
 * How an Allow statement compares the external ID. `exact`: only listed IDs are let in. `ignores-case`: those, in any
 * spelling. Whoever meets one of the others needs no ID, or not a particular one.
 */
export type ExternalIdDemand =
  | { kind: "exact" | "ignores-case"; operator: string; ids: readonly string[] }
  | { kind: "none" }
  | { kind: "pattern" | "passes-when-missing" | "negated" | "presence-only"; operator: string };

/** What Deny statements add for everybody: they may demand the ID where the Allow does not. */
export interface ExternalIdDenials {
  /** Whoever has another ID than these, or none, is denied. */
  exact?: readonly string[];
  /** Whoever sends no ID is denied. */
  missing: boolean;
}

export function externalIdDemand(allow: TrustStatement, denials: ExternalIdDenials): ExternalIdDemand {
  const found = onKey(allow.conditions, KEY);
  const demands = found.map(demandOf);
  const enforced = demands.find(({ kind }) => kind === "exact") ?? demands.find(({ kind }) => kind === "ignores-case");
  if (enforced) return withoutDenied(enforced, denials);
  if (denials.exact) return { kind: "exact", operator: "Deny", ids: denials.exact };
  const present = denials.missing || found.some(demandsPresence);
  const optional = found.find((comparison) => present && listsExactly(comparison));
  if (optional) return { kind: "exact", operator: `${optional.written}, with an ID demanded`, ids: optional.values };
  return demands[0] ?? { kind: "none" };
}

/** Every external ID that a trust policy names in any way: what may have been given to somebody else. */
export function namedExternalIds(statements: readonly TrustStatement[]): string[] {
  return [...new Set(statements.flatMap(({ conditions }) => onKey(conditions, KEY).flatMap(({ values }) => values)))];
}

/** Of the listed IDs, a Deny statement that demands some leaves only those. */
function withoutDenied(demand: ExternalIdDemand, { exact }: ExternalIdDenials): ExternalIdDemand {
  if (demand.kind !== "exact" || !exact) return demand;
  return { ...demand, ids: demand.ids.filter((id) => exact.includes(id)) };
}

export function externalIdDenials(statements: readonly TrustStatement[]): ExternalIdDenials {
  const forEveryone = statements.filter(
    ({ effect, principals, principalsExcluded, actions }) =>
      effect === "Deny" &&
      !principalsExcluded &&
      principals.some(({ type, value }) => type === "AWS" && value === "*") &&
      !actions.excluded &&
      actions.patterns.some((pattern) =>
        ["*", "sts:*", "sts:assumerole", "sts:assumerole*"].includes(pattern.toLowerCase()),
      ),
  );
  // A second comparison in the same statement would narrow the denial.
  const alone = forEveryone.flatMap(({ conditions }) => {
    const keys = Object.values(conditions).flatMap((values) => Object.keys(values));
    return keys.length === 1 ? onKey(conditions, KEY) : [];
  });
  const exact = alone.find(
    (denial) => /^stringnot(equals|like)$/.test(denial.operator) && denial.passesWhenMissing && plain(denial),
  );
  const missing = alone.some(({ operator, values }) => operator === "null" && values[0]?.toLowerCase() === "true");
  return { missing, ...(exact && { exact: exact.values }) };
}

function demandOf(comparison: Comparison): ExternalIdDemand {
  const { written: operator, operator: base, passesWhenMissing, values } = comparison;
  if (base === "null") return { kind: "presence-only", operator };
  if (base.startsWith("stringnot")) return { kind: "negated", operator };
  if (passesWhenMissing) return { kind: "passes-when-missing", operator };
  if (!plain(comparison)) return { kind: "pattern", operator };
  return { kind: base === "stringequalsignorecase" ? "ignores-case" : "exact", operator, ids: values };
}

function demandsPresence({ operator, passesWhenMissing, values }: Comparison): boolean {
  return operator === "null" ? values.every((value) => value.toLowerCase() === "false") : !passesWhenMissing;
}

function listsExactly(comparison: Comparison): boolean {
  return /^string(equals|like)$/.test(comparison.operator) && plain(comparison);
}

function plain(comparison: Comparison): boolean {
  return comparison.values.every((value) => !isPattern(comparison, value));
}
