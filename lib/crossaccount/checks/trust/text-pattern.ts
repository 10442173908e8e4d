/** A value of a policy taken apart: a text, any characters, or one character. */
export type Token = string | typeof ANY | typeof ONE;

export const ANY: unique symbol = Symbol("any characters");
export const ONE: unique symbol = Symbol("one character");

type Lookup = (variable: string) => string | undefined;

/**
 * A value's tokens; undefined where a policy variable in it has no value. What a variable stands for is no pattern
 * (IAM User Guide, reference_policies_variables). Without `lookup` there are no variables.
 */
export function tokensOf(value: string, wildcards: boolean, lookup?: Lookup): Token[] | undefined {
  const tokens: Token[] = [];
  for (const part of lookup ? value.split(/(\$\{[^}]*\})/) : [value]) {
    const variable = lookup && /^\$\{([^}]*)\}$/.exec(part)?.[1];
    if (variable === undefined) {
      tokens.push(...(wildcards ? withWildcards(part) : [part]));
      continue;
    }
    const text = variableValue(variable, lookup);
    if (text === undefined) return undefined;
    tokens.push(text);
  }
  return tokens.filter((token) => token !== "");
}

function withWildcards(text: string): Token[] {
  return text.split(/([*?])/).map((part) => (part === "*" ? ANY : part === "?" ? ONE : part));
}

/** `${*}`, `${?}` and `${$}` are these characters; a default stands behind a comma. */
function variableValue(variable: string, lookup: Lookup | undefined): string | undefined {
  if (/^[*?$]$/.test(variable)) return variable;
  const [, name = "", fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(variable) ?? [];
  return lookup?.(name) ?? fallback;
}

/** Whether the tokens match all of a text; in time that does not grow with the number of wildcards beyond their product. */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let ends = new Set([0]);
  for (const token of tokens) {
    if (ends.size === 0) return false;
    if (token === ANY) {
      const first = Math.min(...ends);
      ends = new Set(Array.from({ length: text.length - first + 1 }, (_, index) => first + index));
    } else if (token === ONE) {
      ends = new Set([...ends].filter((end) => end < text.length).map((end) => end + 1));
    } else {
      ends = new Set([...ends].filter((end) => text.startsWith(token, end)).map((end) => end + token.length));
    }
  }
  return ends.has(text.length);
}

/** A text that the tokens match, with this in place of any characters. */
export function instanceOf(tokens: readonly Token[], filling: string): string {
  return tokens.map((token) => (token === ANY ? filling : token === ONE ? "0" : token)).join("");
}

/** The tokens between the first five colons, as the parts of an ARN are compared one by one. */
export function arnParts(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (typeof token !== "string") {
      parts.at(-1)?.push(token);
      continue;
    }
    const [first = "", ...more] = token.split(":");
    parts.at(-1)?.push(first);
    for (const piece of more) {
      if (parts.length < 6) parts.push([piece]);
      else parts.at(-1)?.push(`:${piece}`);
    }
  }
  return parts.map((part) => part.filter((token) => token !== ""));
}
