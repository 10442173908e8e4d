import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeAccount } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, page, pageOf, parse } from "./input";
import { aliasArn, isHere, state } from "./state";

const schema = z.strictObject({ KeyId: keyId.optional(), ...page });

export function listAliases(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Limit, Marker } = parse(schema, input);
  authorizeAccount("kms:ListAliases", context);
  const target = KeyId === undefined ? undefined : findKeyById(KeyId, context).id;
  const aliases = state(context).aliases.filter(
    (alias) => isHere(alias, context) && (target === undefined || alias.keyId === target),
  );
  const { items, ...more } = pageOf(aliases, Limit, Marker);
  const Aliases = items.map((alias) => ({
    AliasName: alias.name,
    AliasArn: aliasArn(alias),
    TargetKeyId: alias.keyId,
    CreationDate: alias.created / 1000,
    LastUpdatedDate: alias.updated / 1000,
  }));
  return { Aliases, ...more };
}
