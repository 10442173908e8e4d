/** Patterns of one statement that meet the same of what they are compared with. */
export interface PatternGroup {
  patterns: string[];
  /** By index of what they are compared with. */
  meets: readonly boolean[];
}

/**
 * A statement names each of its actions on each of its resources, hundreds of thousands of pairs in a policy that IAM takes;
 * groups of both are few, however its author wrote it.
 */
export function groupPatterns(
  patterns: readonly string[],
  compare: (pattern: string) => readonly boolean[],
): PatternGroup[] {
  const groups = new Map<string, PatternGroup>();
  for (const pattern of new Set(patterns)) {
    const meets = compare(pattern);
    const key = meets.map(Number).join("");
    const known = groups.get(key);
    if (known) known.patterns.push(pattern);
    else groups.set(key, { patterns: [pattern], meets });
  }
  return [...groups.values()];
}
