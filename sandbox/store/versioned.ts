/**
 * An entity with its past: IAM answers reads with the newest version, but decides requests by the one that has
 * propagated. A deleted entity is a version of null. Values are replaced, never changed in place.
 */
export interface Versioned<T> {
  /** `at` is when the version has propagated, in epoch milliseconds. */
  versions: { at: number; value: T | null }[];
}

export interface Clock {
  now(): Date;
  /** How long a change takes that is made now. */
  propagationMs: number;
}

export function latest<T>(entity: Versioned<T> | undefined): T | undefined {
  return entity?.versions.at(-1)?.value ?? undefined;
}

export function propagated<T>(entity: Versioned<T> | undefined, { now }: Pick<Clock, "now">): T | undefined {
  const time = now().getTime();
  return entity?.versions.findLast((version) => version.at <= time)?.value ?? undefined;
}

/** The entity with a newer version; what no request can see any more is dropped. */
export function replaced<T>(
  entity: Versioned<T> | undefined,
  value: T | null,
  { now, propagationMs }: Clock,
): Versioned<T> {
  const time = now().getTime();
  const past = entity?.versions ?? [];
  const visible = past.findLastIndex(({ at }) => at <= time);
  const kept = propagationMs === 0 ? [] : past.slice(Math.max(visible, 0));
  return { versions: [...kept, { at: time + propagationMs, value }] };
}
