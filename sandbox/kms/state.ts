import type { RequestContext } from "../service";

type KeyState = "Enabled" | "Disabled" | "PendingDeletion";

interface Rotation {
  periodInDays: number;
  /** Epoch milliseconds. */
  next: number;
}

export interface Key {
  id: string;
  accountId: string;
  region: string;
  partition: string;
  description: string;
  state: KeyState;
  /** Epoch milliseconds. */
  created: number;
  deletion?: number;
  policy: string;
  /** Unique IDs of the users and roles that the policy names, as of the time it was stored. */
  principalIds: Record<string, string>;
  /** AES-256 key material in base64, oldest first; the last one encrypts, all of them decrypt. */
  material: string[];
  rotation?: Rotation;
  rotatedOnDemand: number;
  tags: { TagKey: string; TagValue: string }[];
}

export interface Alias {
  name: string;
  accountId: string;
  region: string;
  partition: string;
  keyId: string;
  created: number;
  updated: number;
}

interface State {
  keys: Key[];
  aliases: Alias[];
}

export function state(context: RequestContext): State {
  return context.store.slice<State>("kms", () => ({ keys: [], aliases: [] }));
}

export function keyArn(key: Key): string {
  return `arn:${key.partition}:kms:${key.region}:${key.accountId}:key/${key.id}`;
}

export function aliasArn(alias: Pick<Alias, "name" | "accountId" | "region" | "partition">): string {
  return `arn:${alias.partition}:kms:${alias.region}:${alias.accountId}:${alias.name}`;
}

/** True for what lives in the account and Region that the request works on. */
export function isHere(
  place: { accountId: string; region: string; partition: string },
  context: RequestContext,
): boolean {
  return (
    place.accountId === context.accountId && place.region === context.region && place.partition === context.partition
  );
}
