/** The name that somebody most likely meant: the one that differs least, if one or two slips of the keyboard explain it. */
export function nearName(written: string, names: readonly string[]): string | undefined {
  const wanted = written.toLowerCase();
  const most = wanted.length < 6 ? 1 : 2;
  const near = names
    .map((name) => ({ name, slips: slipsBetween(wanted, name.toLowerCase()) }))
    .filter(({ slips }) => slips <= most);
  return near.sort((left, right) => left.slips - right.slips)[0]?.name;
}

/** Levenshtein distance: characters to insert, to leave out or to replace. */
function slipsBetween(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, character] of [...left].entries()) {
    const line = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (above[column] ?? 0) + (character === other ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
