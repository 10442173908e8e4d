import { ownCredentials, renewIdentity } from "../aws/own-identity";
import { type ProxyEnvironment, RequestHandler } from "../aws/request-handler";
import { CrossAccountError } from "../errors";
import type { Encryptor } from "../types";
import { createEnvelopeEncryptor, type EncryptionSdk } from "./envelope";

const KEY_ARN = /^arn:[\w-]+:kms:([\w-]+):\d{12}:key\/.+$/;
const CACHE_ENTRIES = 10_000;
const CACHE_MILLISECONDS = 5 * 60_000;
const MESSAGES_PER_DATA_KEY = 1_000;

/** How KMS is reached and by whom; the SDK's own chain and AWS's endpoints unless given. */
export interface KmsAccess {
  endpoint?: string;
  credentials?: KmsCredentials | (() => Promise<KmsCredentials>);
}

interface KmsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface KmsEncryptorOptions {
  /** ARN of the key that encrypts; not of an alias, because a ciphertext names the key and would not be read again. */
  keyId: string;
  /** ARNs of further keys that may decrypt, such as the one used before. */
  decryptKeyIds?: readonly string[];
  /** For the KMS client; the Region comes from each key's ARN. */
  client?: KmsAccess;
  /** As a client of customers' accounts has it. */
  proxyEnv?: ProxyEnvironment;
}

/** Encryptor with data keys wrapped by AWS KMS and kept for five minutes, so that reading a list does not ask KMS per row. */
export function createKmsEncryptor(options: KmsEncryptorOptions): Encryptor {
  const { keyId, decryptKeyIds = [], client, proxyEnv } = options;
  const keyIds = [keyId, ...decryptKeyIds];
  const regions = [...new Set(keyIds.map(regionOfKey))];
  return createEnvelopeEncryptor((sdk) => {
    const requestHandler = new RequestHandler({ proxyEnv });
    const kms = sdk.getClient(sdk.KMS, { requestHandler, credentials: ownCredentials(), ...client });
    const clientProvider = sdk.limitRegions(
      regions,
      sdk.cacheClients((region) => {
        const client = kms(region);
        return client && renewIdentity(client);
      }),
    );
    return {
      encryptWith: cached(sdk, { generatorKeyId: keyId, clientProvider }),
      decryptWith: cached(sdk, { keyIds, clientProvider }),
    };
  });
}

function cached(sdk: EncryptionSdk, keyring: ConstructorParameters<EncryptionSdk["KmsKeyringNode"]>[0]) {
  return new sdk.NodeCachingMaterialsManager({
    backingMaterials: new sdk.KmsKeyringNode(keyring),
    cache: sdk.getLocalCryptographicMaterialsCache(CACHE_ENTRIES),
    maxAge: CACHE_MILLISECONDS,
    maxMessagesEncrypted: MESSAGES_PER_DATA_KEY,
  });
}

function regionOfKey(keyId: string): string {
  const region = KEY_ARN.exec(keyId)?.[1];
  if (!region) {
    throw new CrossAccountError(
      "config-invalid",
      "A KMS key must be given by its full ARN (…:key/…), not by an alias.",
    );
  }
  return region;
}
