/** A command with each of its options on a line. */
export function lines(command: string, options: readonly string[]): string {
  return [command, ...options].join(" \\\n  ");
}

/** One word of a POSIX shell, whatever the text holds. */
export function quoted(text: string): string {
  return /^[\w./:=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
