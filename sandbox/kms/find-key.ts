import { AwsError, type RequestContext } from "../service";
import { type Alias, aliasArn, isHere, type Key, keyArn, state } from "./state";

export interface FoundKey {
  key: Key;
  /** The alias it was asked for by, if it was: `kms:RequestAlias`. */
  alias?: string;
}

/** Takes what KMS takes as `KeyId`: a key ID, a key ARN, an alias name or an alias ARN. */
export function findKey(reference: string, context: RequestContext): FoundKey {
  removeExpired(context);
  const alias = findAlias(reference, context);
  if (alias) {
    const key = state(context).keys.find(({ id }) => id === alias.keyId);
    if (key) return { key, alias: alias.name };
  }
  const key = state(context).keys.find(
    (key) => keyArn(key) === reference || (key.id === reference && isHere(key, context)),
  );
  if (key && key.region === context.region && key.partition === context.partition) return { key };
  throw notFound(reference, context);
}

/** For operations that refuse an alias. */
export function findKeyById(reference: string, context: RequestContext): Key {
  if (/(^|:)alias\//.test(reference)) {
    throw new AwsError("InvalidArnException", `${reference} is an alias; this operation takes a key ID or key ARN`);
  }
  return findKey(reference, context).key;
}

/** The key that a ciphertext names, wherever it is within this Region. */
export function findKeyOfCiphertext(id: string, context: RequestContext): Key | undefined {
  removeExpired(context);
  return state(context).keys.find(
    (key) => key.id === id && key.region === context.region && key.partition === context.partition,
  );
}

function findAlias(reference: string, context: RequestContext): Alias | undefined {
  return state(context).aliases.find(
    (alias) =>
      (alias.name === reference && isHere(alias, context)) ||
      (aliasArn(alias) === reference && alias.region === context.region),
  );
}

function removeExpired(context: RequestContext): void {
  const kms = state(context);
  const now = context.now().getTime();
  const gone = kms.keys.filter(({ deletion }) => deletion !== undefined && deletion <= now).map(({ id }) => id);
  if (gone.length === 0) return;
  kms.keys = kms.keys.filter(({ id }) => !gone.includes(id));
  kms.aliases = kms.aliases.filter(({ keyId }) => !gone.includes(keyId));
}

function notFound(reference: string, context: RequestContext): AwsError {
  const place = `arn:${context.partition}:kms:${context.region}:${context.accountId}`;
  if (reference.startsWith("arn:")) {
    return new AwsError(
      "NotFoundException",
      reference.includes(":alias/") ? `Alias ${reference} is not found.` : `Key '${reference}' does not exist`,
    );
  }
  if (reference.startsWith("alias/")) {
    return new AwsError("NotFoundException", `Alias ${place}:${reference} is not found.`);
  }
  return new AwsError("NotFoundException", `Key '${place}:key/${reference}' does not exist`);
}
