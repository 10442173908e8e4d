import { type Comparison, isNegated, onKey } from "./condition";
import type { TrustStatement } from "./document";
import { listedIds } from "./openings";
import { meaningOf } from "./operators";

const KEY = "sts:ExternalId";

/** Why a statement lets in the vendor with an external ID that nobody listed, or with none, where that passes too. */
export function whyGuessesPass({ conditions }: TrustStatement, nonePasses: boolean): string {
  const found = onKey(conditions, KEY);
  if (found.length === 0) return "Not compared: there is no condition on sts:ExternalId";
  // That an ID must be there is no weakness of its own beside what compares it.
  const comparing = found.filter(({ operator }) => operator !== "null");
  const weak = (comparing.length > 0 ? comparing : found).map((comparison) => weaknessOf(comparison, nonePasses));
  return weak.find((one) => one !== null) ?? "Compared in a way that other IDs pass too";
}

function weaknessOf(comparison: Comparison, nonePasses: boolean): string | null {
  const { written, operator, passesWhenMissing, values } = comparison;
  if (operator === "null") {
    return nonePasses ? `${written}: a request without any external ID passes` : `${written}: any external ID passes`;
  }
  if (isNegated(comparison)) {
    return `${written}: everything but the listed IDs passes${nonePasses ? ", and so does none" : ""}`;
  }
  if (passesWhenMissing && nonePasses) return `${written}: a request without any external ID passes`;
  const isWild = meaningOf(comparison)?.wildcards && values.some((value) => /[*?]/.test(value));
  if (isWild || values.some((value) => value.includes("${"))) {
    return `${written} with a wildcard, which other IDs match too`;
  }
  return null;
}

/** By which operator a statement lists external IDs; a Deny statement may do so for it. */
export function listingOperator(statement: TrustStatement): string {
  const listing = onKey(statement.conditions, KEY).find((comparison) => !isNegated(comparison));
  return listing && listedIds([statement]).length > 0 ? listing.written : "Deny";
}

/** Every external ID that a trust policy names in any way: what may have been given to someone else. */
export function namedExternalIds(statements: readonly TrustStatement[]): string[] {
  return [...new Set(statements.flatMap(({ conditions }) => onKey(conditions, KEY).flatMap(({ values }) => values)))];
}
