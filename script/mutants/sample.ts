/** `count` of the entries, in an order that the seed alone decides. */
export function sample<T>(entries: readonly T[], count: number, seed: number): T[] {
  const next = random(seed);
  return entries
    .map((entry) => ({ entry, place: next() }))
    .sort((one, other) => one.place - other.place)
    .slice(0, count)
    .map(({ entry }) => entry);
}

/** Numbers from 0 to 1 by the generator `mulberry32`, which anybody can compute again from the seed. */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
