import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

export interface Document {
  /** Path from the root of the repository. */
  path: string;
  text: string;
}

/** Links and pictures of the documents that lead to no file or heading of the repository. Other sites are not asked. */
export function brokenLinks(documents: readonly Document[], root: string): string[] {
  const headings = new Map(documents.map(({ path, text }) => [path, headingsOf(text)]));
  return documents.flatMap(({ path, text }) =>
    linksOf(text)
      .filter((target) => !/^[a-z]+:/.test(target))
      .flatMap((target) => {
        const fault = faultOf(target, path, root, headings);
        return fault ? [`${path}: ${target} ${fault}`] : [];
      }),
  );
}

function faultOf(
  target: string,
  from: string,
  root: string,
  headings: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const [file = "", heading] = decodeURIComponent(target).split("#");
  const path =
    file === ""
      ? from
      : relative(root, resolve(root, dirname(from), file))
          .split(sep)
          .join("/");
  const named = headings.get(path);
  if (path.startsWith("..")) return "leads out of the repository";
  if (!named && !existsSync(join(root, path))) return "does not exist";
  return heading === undefined || named?.has(heading) ? undefined : "names no heading there";
}

function linksOf(text: string): string[] {
  const spoken = withoutCode(text);
  return [...spoken.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(([, target = ""]) => target);
}

/** The names by which GitHub lets a link go to a heading. */
function headingsOf(text: string): Set<string> {
  const lines = text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6}\s+(.+)$/gm);
  const names = new Set<string>();
  for (const [, line = ""] of lines) {
    const name = line
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    let free = name;
    for (let count = 1; names.has(free); count += 1) free = `${name}-${count}`;
    names.add(free);
  }
  return names;
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
}
