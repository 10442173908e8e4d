/**
 * Whether some text matches both IAM patterns (`*` any characters, `?` one). A policy variable such as
 * `${aws:username}` can become anything, so it counts as `*`.
 */
export function patternsOverlap(left: string, right: string): boolean {
  if (beginsDiffer(left, right)) return false;
  return overlap(patternCharacters(left), patternCharacters(right));
}

/** Whether the texts differ before either says anything but itself, as patterns of two services do. Spares most the rest. */
function beginsDiffer(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const one = left[index];
    const other = right[index];
    if (isSpecial(one) || isSpecial(other)) return false;
    if (one !== other) return true;
  }
  return false;
}

function isSpecial(character: string | undefined): boolean {
  return character === "*" || character === "?" || character === "$";
}

export function patternCharacters(pattern: string): readonly string[] {
  return [...withoutVariables(pattern)];
}

/** With stars in a row as the one that they amount to. */
function withoutVariables(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, "*").replace(/\*{2,}/g, "*");
}

/** `reachable[j]`: the part of `left` read so far overlaps the first `j` characters of `right`. */
function overlap(left: readonly string[], right: readonly string[]): boolean {
  let reachable = spread([true, ...right.map(() => false)], right);
  for (const character of left) reachable = spread(step(reachable, character, right), right);
  return reachable.at(-1) === true;
}

function step(before: readonly boolean[], character: string, right: readonly string[]): boolean[] {
  const after = before.map((reached, j) => {
    if (character === "*") return before.slice(0, j + 1).some(Boolean);
    const consumedByStar = reached && right[j - 1] === "*";
    return consumedByStar || (before[j - 1] === true && sameCharacter(character, right[j - 1]));
  });
  return after;
}

/** A `*` in `right` may stand for nothing. */
function spread(reachable: readonly boolean[], right: readonly string[]): boolean[] {
  const result = [...reachable];
  right.forEach((character, j) => {
    if (character === "*" && result[j]) result[j + 1] = true;
  });
  return result;
}

function sameCharacter(left: string, right: string | undefined): boolean {
  return left === right || left === "?" || right === "?" || right === "*";
}
