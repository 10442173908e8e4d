import { escapeXml } from "../protocol/xml";
import { AwsError } from "../service";

/** Text that is XML already. */
export interface Markup {
  markup: string;
}

export const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

export function element(name: string, content: string | Markup[], namespace?: string): Markup {
  const inside = typeof content === "string" ? escapeXml(content) : content.map(({ markup }) => markup).join("");
  return { markup: `<${name}${namespace ? ` xmlns="${namespace}"` : ""}>${inside}</${name}>` };
}

export function document(root: Markup): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}`;
}

export interface Element {
  name: string;
  text: string;
  children: Element[];
}

const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;

/** Reads a request document: elements and text. A document type, CDATA or anything else is refused. */
export function parseXml(text: string): Element {
  const top: Element = { name: "", text: "", children: [] };
  const open = [top];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const [, closing, name, , empty, characters] = match;
    const current = open.at(-1);
    if (!current) throw malformedXml();
    if (characters !== undefined) current.text += unescapeText(characters);
    else if (closing === "/") {
      if (open.length === 1 || open.pop()?.name !== name) throw malformedXml();
    } else if (name !== undefined) {
      const child: Element = { name, text: "", children: [] };
      current.children.push(child);
      if (empty !== "/") open.push(child);
    }
  }
  const [root, ...others] = top.children;
  if (end !== text.length || open.length !== 1 || !root || others.length > 0 || top.text.trim() !== "")
    throw malformedXml();
  return root;
}

/** The texts of a flat document such as `<A><B>x</B><C>y</C></A>`, by name; only the names in `known` may occur. */
export function flatDocument(text: string, root: string, known: readonly string[]): Record<string, string> {
  const { name, children } = parseXml(text);
  if (name !== root) throw malformedXml();
  return Object.fromEntries(
    children.map((child) => {
      if (!known.includes(child.name) || child.children.length > 0) throw malformedXml();
      return [child.name, child.text.trim()];
    }),
  );
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(/&([^;]*);?/g, (_whole, name: string) => {
    const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? "", code[1] ? 16 : 10) : undefined;
    if (point !== undefined && point <= 0x10ffff) return String.fromCodePoint(point);
    const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (character === undefined) throw malformedXml();
    return character;
  });
}

export function malformedXml(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
