import { AwsError, type RequestContext } from "../service";
import type { Envelope } from "./ciphertext";
import { type FoundKey, findKey, findKeyOfCiphertext } from "./find-key";

/** The key of a ciphertext. A caller that names a key gets an error unless the ciphertext was made with that very key. */
export function sourceKey(envelope: Envelope, reference: string | undefined, context: RequestContext): FoundKey {
  if (reference !== undefined) {
    const found = findKey(reference, context);
    if (found.key.id === envelope.keyId) return found;
    throw new AwsError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  const key = findKeyOfCiphertext(envelope.keyId, context);
  if (key) return { key };
  throw new AwsError(
    "AccessDeniedException",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}
