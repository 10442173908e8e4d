export interface CodeBlock {
  /** File name that its first line gives as a comment. */
  name: string;
  text: string;
}

/** The blocks of a document that are files: those of TypeScript and JavaScript whose first line is a comment with a name. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(?:js|ts)\n\/\/ ([\w.-]+\.(?:mjs|ts))\n([\s\S]*?)^```$/gm)].map(
    ([, name = "", text = ""]) => ({ name, text }),
  );
}
