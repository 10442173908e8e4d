/** Shown by nothing and brought along by web pages, chats and word processors: zero-width spaces, direction marks, soft hyphens. */
const invisible = /\p{Cf}|\u034f|[\ufe00-\ufe0f]/gu;
const around =
  /^[\s"'`<>(,;:.=\u2018-\u201f\u00ab\u00bb\u2039\u203a\uff02]+|[\s"'`<>),;.\u2018-\u201f\u00ab\u00bb\u2039\u203a\uff02]+$/g;
const embedded = /(?<![^\s"'`=<(\u2018-\u201f\u00ab])arn:[^\s"'`<>),;\u2018-\u201f\u00bb]+/g;

/** The ARN in what a person pasted: an ARN with what was copied around it, or a whole row of a stack's Outputs that holds one. */
export function arnInPasted(text: string): string {
  const visible = text.replace(invisible, "");
  const cells = visible.split(/[\t\r\n|]+/).map((cell) => cell.replace(around, ""));
  const arns = distinct(cells.filter((cell) => cell.startsWith("arn:")));
  const [only] = arns.length === 0 ? distinct(visible.match(embedded) ?? []) : arns;
  return only ?? visible.replace(around, "");
}

/** Of several ARNs the one of a role, when there is exactly one. */
function distinct(arns: readonly string[]): string[] {
  const all = [...new Set(arns)];
  const roles = all.filter((arn) => arn.includes(":role/"));
  return all.length > 1 && roles.length === 1 ? roles : all.length === 1 ? all : [];
}

const names: Readonly<Record<string, string>> = {
  " ": "a space",
  "\u00a0": "a no-break space",
  "\u2010": "a typographic hyphen",
  "\u2011": "a non-breaking hyphen",
  "\u2012": "a dash",
  "\u2013": "a dash",
  "\u2014": "a long dash",
  "\u2212": "a minus sign",
  "\uff1a": "a full-width colon",
  "\uff0f": "a full-width slash",
};

/** The first character that does not belong, in words: a person cannot tell a dash from a hyphen in most fonts. */
export function strangeCharacter(text: string, allowed: RegExp): string | undefined {
  const found = [...text].find((character) => !allowed.test(character));
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const name =
    names[found] ?? (/\s/.test(found) ? "white space" : /[\p{L}\p{N}\p{P}\p{S}]/u.test(found) ? `“${found}”` : "");
  return name ? `${name} (${code})` : `the character ${code}`;
}
