import type { Comparison } from "./condition";

/** Keys that the comparisons refer to by policy variables, in lower case. */
export function variablesIn(all: readonly Comparison[]): string[] {
  return all.flatMap(({ values }) => values.flatMap((value) => variablesOf(value).map(({ name }) => name)));
}

/** Keys whose values refer to others come behind these. */
export function byVariables(all: readonly Comparison[]): (one: string, other: string) => number {
  const refers = (key: string) =>
    Number(all.some((found) => found.key.toLowerCase() === key && found.values.some((value) => value.includes("${"))));
  return (one, other) => refers(one) - refers(other);
}

/** What a key has to be for the keys that are compared with it by variables, where their own values are given. */
export function valuesReferredTo(
  key: string,
  all: readonly Comparison[],
  given: (key: string) => readonly (readonly string[] | undefined)[] | null,
): string[] {
  const found = all.flatMap((comparison) =>
    comparison.values
      .flatMap(variablesOf)
      .filter(({ name }) => name === key)
      .flatMap(({ before, after }) => {
        const actual = (given(comparison.key.toLowerCase()) ?? []).flatMap((choice) => choice ?? []);
        return actual
          .filter((value) => value.startsWith(before) && value.endsWith(after))
          .map((value) => value.slice(before.length, value.length - after.length));
      }),
  );
  return [...new Set(found)];
}

interface Variable {
  name: string;
  before: string;
  after: string;
}

function variablesOf(value: string): Variable[] {
  return [...value.matchAll(/\$\{\s*([^,}\s]+)[^}]*\}/g)].map((found) => ({
    name: (found[1] ?? "").toLowerCase(),
    before: value.slice(0, found.index),
    after: value.slice(found.index + found[0].length),
  }));
}
