/** Commands of a line that a POSIX shell runs one after another while each succeeds, as their words. All else of a shell is refused. */
export function shellCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let rest = line;
  const take = (pattern: RegExp) => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found;
  };
  const end = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  while (rest !== "") {
    const quoted = take(/^'([^']*)'/);
    const plain = quoted ?? take(/^([\w./:=,@+%-]+)/) ?? take(/^\\(')/);
    if (plain) word = (word ?? "") + (plain[1] ?? "");
    else if (take(/^(\\\n|[ \t])+/)) end();
    else if (take(/^&&[ \t]*\n?/)) {
      end();
      commands.push([]);
    } else throw new Error(`A shell would not take this as it is: ${rest.slice(0, 40)}`);
  }
  end();
  if (commands.some((words) => words.length === 0)) throw new Error("A command is missing beside &&.");
  return commands;
}
