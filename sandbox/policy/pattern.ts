/** A text to compare with, whose wildcards are already told apart from characters that only look like them. */
type Token = string | typeof ANY | typeof ONE;
export type Pattern = Token[];

export const ANY: unique symbol = Symbol("any characters");
export const ONE: unique symbol = Symbol("one character");

export interface PatternOptions {
  wildcards: boolean;
  /** Value of a policy variable; absent where variables are plain text. */
  variable?: (name: string) => string | undefined;
}

const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * The pattern of a policy's text, or undefined when a variable in it has no value. What a variable stands for is
 * taken literally, and `${*}`, `${?}` and `${$}` are those characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function compilePattern(text: string, { wildcards, variable }: PatternOptions): Pattern | undefined {
  const pattern: Pattern = [];
  let at = 0;
  for (const match of variable ? text.matchAll(VARIABLE) : []) {
    pattern.push(...tokens(text.slice(at, match.index), wildcards));
    const value = variableValue(match[1] ?? "", variable);
    if (value === undefined) return undefined;
    pattern.push(value);
    at = match.index + match[0].length;
  }
  return [...pattern, ...tokens(text.slice(at), wildcards)];
}

function variableValue(reference: string, variable: PatternOptions["variable"]): string | undefined {
  if (reference === "*" || reference === "?" || reference === "$") return reference;
  const [, name = "", fallback] = /^([^,]+?)\s*(?:,\s*'([^']*)')?$/.exec(reference.trim()) ?? [];
  return variable?.(name) ?? fallback;
}

function tokens(text: string, wildcards: boolean): Pattern {
  if (!wildcards) return [text];
  return text.split(/([*?])/).map((part) => (part === "*" ? ANY : part === "?" ? ONE : part));
}

/** Compares in linear space and without backtracking into earlier wildcards, so that no policy can stall the sandbox. */
export function matches(pattern: Pattern, text: string, { ignoreCase = false } = {}): boolean {
  const fold = (part: string) => (ignoreCase ? part.toLowerCase() : part);
  const wanted = pattern.flatMap((part): Token[] => (typeof part === "string" ? [...fold(part)] : [part]));
  const actual = [...fold(text)];
  let retry = { wanted: -1, actual: 0 };
  let at = 0;
  let index = 0;
  while (index < actual.length) {
    if (wanted[at] === ANY) {
      retry = { wanted: at, actual: index };
      at += 1;
    } else if (wanted[at] === ONE || (wanted[at] !== undefined && wanted[at] === actual[index])) {
      at += 1;
      index += 1;
    } else if (retry.wanted >= 0) {
      retry.actual += 1;
      at = retry.wanted + 1;
      index = retry.actual;
    } else return false;
  }
  return wanted.slice(at).every((token) => token === ANY);
}

/** A text with wildcards and without variables, such as an action name. */
export function matchesWildcards(pattern: string, text: string, options?: { ignoreCase: boolean }): boolean {
  return matches(tokens(pattern, true), text, options);
}
