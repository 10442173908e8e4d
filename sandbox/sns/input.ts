import { list, type Parameter, structure, text } from "../protocol/input";
import { invalidParameter } from "./error";

export const topicArn = text({ pattern: /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:.+$/ });
export const subscriptionArn = text({ pattern: /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:.+:[0-9a-f-]{36}$/ });
export const tags = list(structure({ Key: text({ minimum: 1, maximum: 128 }), Value: text({ maximum: 256 }) }), 50);

/** A map as the query protocol sends it: `Attributes.entry.1.key`, `Attributes.entry.1.value`. */
export function entries(): Parameter<Record<string, string>> {
  return (value, name) => {
    if (value === undefined || value === "") return {};
    const { entry } = value as { entry?: Record<string, { key?: unknown; value?: unknown }> };
    return Object.fromEntries(
      Object.values(entry ?? {}).map((item): [string, string] => {
        if (typeof item.key !== "string") throw invalidParameter(name);
        return [item.key, String(item.value ?? "")];
      }),
    );
  };
}

const pageSize = 100;

/** One page; the token is the number of items seen so far. */
export function pageOf<T>(items: T[], token: string | undefined) {
  const from = Number(token ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter("NextToken");
  const next = from + pageSize;
  return { items: items.slice(from, next), NextToken: next < items.length ? String(next) : undefined };
}
