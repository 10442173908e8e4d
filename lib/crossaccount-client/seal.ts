import "server-only";
import type { z } from "zod";
import type { ConnectionScope, EncryptedField } from "@/lib/crossaccount";
import { encryptor } from "./encryption";

/** Encrypts a text for a column of one connection: nowhere else does it decrypt. */
export async function seal(
  text: string,
  { customerId, connectionId }: ConnectionScope,
  field: EncryptedField,
): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await encryptor.encrypt(text, { customerId, connectionId, field }));
}

/** @throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another connection or field */
export async function unseal(
  ciphertext: Uint8Array,
  { customerId, connectionId }: ConnectionScope,
  field: EncryptedField,
): Promise<string> {
  return encryptor.decrypt(ciphertext, { customerId, connectionId, field });
}

/** JSON of one shape that is kept encrypted. */
export function sealedJson<Value>(schema: z.ZodType<Value>, field: EncryptedField) {
  return {
    seal: (value: Value, owner: ConnectionScope) => seal(JSON.stringify(schema.parse(value)), owner, field),
    /** @throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another connection or field */
    unseal: async (ciphertext: Uint8Array, owner: ConnectionScope): Promise<Value> =>
      schema.parse(JSON.parse(await unseal(ciphertext, owner, field))),
  };
}
