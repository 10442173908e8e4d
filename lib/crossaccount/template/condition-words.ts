import type { PolicyStatement } from "../grants/policy-types";

type Comparisons = readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[];

/** When the statement applies, as words behind a comma: “only in us-east-1 and until the setup permissions end”. */
export function conditionWords({ Effect, Condition = {} }: PolicyStatement): string {
  const all: Comparisons = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat() })),
  );
  const words = [...new Set(all.map((one) => wordsOf(one, Effect === "Deny")))];
  return words.length === 0 ? "" : `, ${sentenceList(words)}`;
}

function wordsOf({ operator, key, values }: Comparisons[number], denies: boolean): string {
  if (operator === "DateLessThan" && key === "aws:CurrentTime") return "until the setup permissions end";
  const isRegion = key.toLowerCase() === "aws:requestedregion";
  if (isRegion && /^StringEquals$/.test(operator)) return `${denies ? "" : "only "}in ${either(values)}`;
  if (isRegion && /^StringNotEquals(IfExists)?$/.test(operator))
    return `${denies ? "" : "only "}outside ${either(values)}`;
  const known = /^(String|Arn)(Equals|Like)$/.test(operator) && keyWords(key, either(values));
  if (known) return `${denies ? "" : "only "}${known}`;
  if (/^Bool(IfExists)?$/.test(operator) && key.toLowerCase() === "aws:securetransport" && values.join() === "false")
    return "over plain HTTP";
  if (/^(String|Arn)(Equals|Like)$/.test(operator))
    return `${denies ? "where" : "only where"} ${key} is ${either(values)}`;
  if (/^(String|Arn)Not(Equals|Like)(IfExists)?$/.test(operator))
    return `${denies ? "where" : "only where"} ${key} is not ${either(values)}`;
  if (/^Bool(IfExists)?$/.test(operator)) return `${denies ? "where" : "only where"} ${key} is ${either(values)}`;
  return denies ? `under a condition on ${key}` : `within limits on ${key}`;
}

/** Keys that people meet often, in words. */
function keyWords(key: string, values: string): string | undefined {
  const [, kind, tag] = /^[a-z0-9-]+:(ResourceTag|RequestTag)\/(.+)$/i.exec(key) ?? [];
  if (kind?.toLowerCase() === "resourcetag") return `on what is tagged ${tag} = ${values}`;
  if (kind?.toLowerCase() === "requesttag") return `with the tag ${tag} = ${values}`;
  return key.toLowerCase() === "iam:passedtoservice" ? `to ${values}` : undefined;
}

function either(values: readonly string[]): string {
  const shown = values.length <= 4 ? values : [...values.slice(0, 3), `${values.length - 3} more`];
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

export function sentenceList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
