import type { Conditions, PatternList, PolicyStatement } from "./document";
import { patternsOverlap } from "./pattern";

/** Everything but what the patterns match. */
export interface Except {
  readonly except: readonly string[];
}

/** One action on one resource under some conditions; both may hold wildcards, or be all but some. */
export interface Grant {
  action: string | Except;
  resource: string | Except;
  conditions: Conditions;
}

/** What a list of a statement is about, one by one, or all but some at once. */
export function unitsOf({ patterns, excluded }: PatternList): readonly (string | Except)[] {
  return excluded ? [{ except: patterns }] : patterns;
}

/** Whether the statement applies to everything that the grant asks for, and under no further condition. */
export function covers(statement: PolicyStatement, grant: Grant): boolean {
  return (
    coversAction(statement, grant.action) &&
    coversResource(statement, grant.resource) &&
    noStricter(statement.conditions, grant.conditions)
  );
}

export function coversAction({ actions }: Pick<PolicyStatement, "actions">, action: string | Except): boolean {
  return listCovers(actions, action, true);
}

export function coversResource({ resources }: Pick<PolicyStatement, "resources">, resource: string | Except): boolean {
  return listCovers(resources, resource, false);
}

/** Whether the statement may apply to some of what the grant asks for, whatever its conditions. */
export function overlaps({ actions, resources }: PolicyStatement, grant: Grant): boolean {
  return overlapsAction(actions, grant.action) && overlapsResource(resources, grant.resource);
}

export function overlapsAction(actions: PatternList, action: string | Except): boolean {
  return listOverlaps(actions, action, true);
}

export function overlapsResource(resources: PatternList, resource: string | Except): boolean {
  return listOverlaps(resources, resource, false);
}

function listCovers(list: PatternList, text: string | Except, ignoreCase: boolean): boolean {
  if (typeof text !== "string") return coversRest(list, text, ignoreCase);
  const wanted = fold(text, ignoreCase);
  if (list.excluded) return !list.patterns.some((pattern) => patternsOverlap(fold(pattern, ignoreCase), wanted));
  const { literal, wild } = sorted(list, ignoreCase);
  return literal.has(wanted) || wild.some((pattern) => matchesAllOf(pattern, wanted));
}

/** Whether the list leaves out no more than is left out of what is wanted. */
function coversRest({ patterns, excluded }: PatternList, { except }: Except, ignoreCase: boolean): boolean {
  if (!excluded) return patterns.some((pattern) => /^\*+$/.test(pattern));
  return patterns.every((pattern) =>
    except.some((one) => matchesAllOf(fold(one, ignoreCase), fold(pattern, ignoreCase))),
  );
}

interface SortedPatterns {
  /** Patterns that match themselves alone. */
  readonly literal: ReadonlySet<string>;
  readonly wild: readonly string[];
}

const known = [new WeakMap<PatternList, SortedPatterns>(), new WeakMap<PatternList, SortedPatterns>()] as const;

/** Kept with the list: one statement may name a thousand actions, each of which is looked for in all of them. */
function sorted(list: PatternList, ignoreCase: boolean): SortedPatterns {
  const kept = known[ignoreCase ? 0 : 1];
  const found = kept.get(list);
  if (found) return found;
  const folded = list.patterns.map((pattern) => fold(pattern, ignoreCase));
  const isWild = (pattern: string) => /[*?]/.test(pattern);
  const made = { literal: new Set(folded.filter((one) => !isWild(one))), wild: folded.filter(isWild) };
  kept.set(list, made);
  return made;
}

function listOverlaps({ patterns, excluded }: PatternList, wanted: string | Except, ignoreCase: boolean): boolean {
  if (typeof wanted !== "string") {
    const isLeftOut = (pattern: string) =>
      wanted.except.some((one) => matchesAllOf(fold(one, ignoreCase), fold(pattern, ignoreCase)));
    return excluded || !patterns.every(isLeftOut);
  }
  if (excluded) return !patterns.some((pattern) => matchesAllOf(fold(pattern, ignoreCase), fold(wanted, ignoreCase)));
  return patterns.some((pattern) => patternsOverlap(fold(pattern, ignoreCase), fold(wanted, ignoreCase)));
}

/** Whether `pattern` matches every text that `wanted` matches: a wildcard of `wanted` needs one as wide in `pattern`. */
function matchesAllOf(pattern: string, wanted: string): boolean {
  let matched = 0;
  let read = 0;
  let star = -1;
  let starRead = 0;
  while (read < wanted.length) {
    const symbol = pattern[matched];
    if (symbol === "*") {
      star = matched;
      starRead = read;
      matched += 1;
    } else if (symbol === wanted[read] || (symbol === "?" && !/[*${}]/.test(wanted[read] ?? ""))) {
      matched += 1;
      read += 1;
    } else if (star >= 0) {
      starRead += 1;
      matched = star + 1;
      read = starRead;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(matched));
}

/** Every condition of the statement is one that the grant has too, and lets through what the grant's does. */
export function noStricter(has: Conditions, wanted: Conditions): boolean {
  const wantedKeys = flatten(wanted);
  return [...flatten(has)].every(([name, values]) => {
    const same = wantedKeys.get(name);
    if (!same) return false;
    // Each value of a negated operator takes something away, each of another adds something.
    return isNegated(name)
      ? values.every((value) => same.includes(value))
      : same.every((value) => values.includes(value));
  });
}

function isNegated(name: string): boolean {
  return /^[a-z:]*not/.test(name);
}

function flatten(conditions: Conditions): Map<string, readonly string[]> {
  return new Map(
    Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [`${operator} ${key}`.toLowerCase(), values] as const),
    ),
  );
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}
