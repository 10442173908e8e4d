/**
 * Seeds for properties: those that are tried at every run, and one that is another at each. A test has its seed in its name, so
 * that what the last one finds can be tried again, and its seed be kept.
 */
export function seeds(...kept: readonly number[]): number[] {
  return [...kept, Math.floor(Math.random() * 2 ** 31)];
}
