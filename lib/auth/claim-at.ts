/**
 * The value at a path: the claim of exactly this name, or the member of an object that a dot leads to. Names with dots of their own are
 * found too (`https://vendor.example/groups`, `resource_access.portal.example.roles`): at each step the longest name that is there counts.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return undefined;
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const name = path.slice(0, end);
    if (!Object.hasOwn(claims, name)) continue;
    const value = (claims as Record<string, unknown>)[name];
    return end === path.length ? value : claimAt(value, path.slice(end + 1));
  }
  return undefined;
}

/** What kind of value a claim has, without any of it, for the log. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) {
    const kinds = new Set(
      value.map((entry) => (Array.isArray(entry) ? "list" : entry === null ? "null" : typeof entry)),
    );
    return value.length === 0 ? "an empty list" : `a list of ${value.length} (${[...kinds].sort().join(", ")})`;
  }
  if (typeof value === "object") return `an object of ${Object.keys(value).length}`;
  if (typeof value === "string") return value.trim() === "" ? "an empty string" : "a string";
  return `a ${typeof value}`;
}
