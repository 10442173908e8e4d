import type { AccessLogFilter } from "@/lib/access-log/schema";

/** An address with a filter; `more` is what the page itself keeps there, such as a cursor. */
export function filterAddress(path: string, filter: AccessLogFilter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...more })) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}
