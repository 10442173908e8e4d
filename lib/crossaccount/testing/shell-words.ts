/** A word as it is, or what an earlier command of the line printed. */
export type ShellWord = string | { readonly variable: string };

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** The variable that takes what it prints. */
  readonly into?: string;
}

/** Commands of a line that a POSIX shell runs one after another while each succeeds. All else of a shell is refused. */
export function shellCommands(line: string): ShellCommand[] {
  const commands: { words: ShellWord[]; into?: string }[] = [{ words: [] }];
  let word: ShellWord | undefined;
  let rest = line;
  const take = (pattern: RegExp) => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found;
  };
  const current = () => commands.at(-1) ?? { words: [] };
  const end = () => {
    if (word !== undefined) current().words.push(word);
    word = undefined;
  };
  const isAssigned = (name: string) => commands.slice(0, -1).some(({ into }) => into === name);
  while (rest !== "") {
    const assignment = current().words.length === 0 && word === undefined && take(/^([a-z_]+)=\$\(/);
    const quoted = assignment ? null : take(/^'([^']*)'/);
    const plain = assignment ? null : (quoted ?? take(/^([\w./:=,@+%-]+)/) ?? take(/^\\(')/));
    if (assignment) current().into = assignment[1];
    else if (plain && typeof word !== "object") word = (word ?? "") + (plain[1] ?? "");
    else if (take(/^(\\\n|[ \t])+/)) end();
    else if (current().into !== undefined && take(/^\)(?=[ \t]*(&&|$))/)) end();
    else if (take(/^&&[ \t]*\n?/)) {
      end();
      commands.push({ words: [] });
    } else {
      const [, variable = ""] = take(/^"\$([a-z_]+)"(?=\s|$)/) ?? [];
      if (!isAssigned(variable) || word !== undefined)
        throw new Error(`A shell would not take this as it is: ${rest.slice(0, 40)}`);
      word = { variable };
    }
  }
  end();
  if (commands.some(({ words }) => words.length === 0)) throw new Error("A command is missing beside &&.");
  return commands;
}
