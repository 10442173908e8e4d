import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeAccount } from "./authorize";
import { page, pageOf, parse } from "./input";
import { isHere, keyArn, state } from "./state";

const schema = z.strictObject(page);

export function listKeys(input: Record<string, unknown>, context: RequestContext) {
  const { Limit, Marker } = parse(schema, input);
  authorizeAccount("kms:ListKeys", context);
  const keys = state(context).keys.filter((key) => isHere(key, context));
  const { items, ...more } = pageOf(keys, Limit, Marker);
  return { Keys: items.map((key) => ({ KeyId: key.id, KeyArn: keyArn(key) })), ...more };
}
