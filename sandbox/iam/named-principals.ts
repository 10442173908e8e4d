import type { PolicyDocument } from "../policy/document";
import { invalidPrincipal, namedIdentities } from "../policy/validate";
import type { RequestContext } from "../service";
import { administratorId } from "../service/principals";
import type { Store } from "../store";
import { accountOf, findRole } from "./state";

/** Each user or role that a trust or resource policy names, with its unique ID; all of them must exist. */
export function principalIdsOf(policy: PolicyDocument, { store, partition }: RequestContext): Record<string, string> {
  return Object.fromEntries(
    namedIdentities(policy).map((name): [string, string] => {
      const id = name.startsWith(`arn:${partition}:`) ? identityId(store, name) : undefined;
      if (id === undefined) throw invalidPrincipal("AWS", name);
      return [name, id];
    }),
  );
}

/** A stored policy as AWS shows it: a principal that was deleted since has turned into its unique ID. */
export function shownPolicy(document: string, principalIds: Record<string, string>, store: Store): string {
  return Object.entries(principalIds)
    .filter(([name, id]) => identityId(store, name) !== id)
    .reduce((text, [name, id]) => text.replaceAll(JSON.stringify(name), JSON.stringify(id)), document);
}

function identityId(store: Store, identityArn: string): string | undefined {
  const [, partition = "", accountId = "", kind, name = ""] =
    /^arn:([\w-]+):iam::(\d{12}):(user|role)\/(.+)$/.exec(identityArn) ?? [];
  if (kind === "user") return name === "administrator" ? administratorId(accountId) : undefined;
  const role = findRole(accountOf(store, partition, accountId), name.slice(name.lastIndexOf("/") + 1));
  return role?.arn === identityArn ? role.id : undefined;
}
