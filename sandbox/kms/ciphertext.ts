import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AwsError } from "../service";
import { canonicalContext, type EncryptionContext } from "./encryption-context";
import type { Key } from "./state";

const FORMAT = 1;
const KEY_ID_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + 2;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A ciphertext blob is: format, key ID, number of the key material, IV, tag, ciphertext. */
export interface Envelope {
  keyId: string;
  material: number;
  header: Buffer;
  iv: Buffer;
  tag: Buffer;
  content: Buffer;
}

export function seal(key: Key, plaintext: Buffer, context: EncryptionContext): Buffer {
  const material = key.material.length - 1;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.write(key.id.replaceAll("-", ""), 1, KEY_ID_BYTES, "hex");
  header.writeUInt16BE(material, 1 + KEY_ID_BYTES);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", materialOf(key, material), iv);
  cipher.setAAD(Buffer.concat([header, canonicalContext(context)]));
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), content]);
}

export function parse(blob: Buffer): Envelope {
  if (blob.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || blob[0] !== FORMAT) throw invalid();
  const hex = blob.toString("hex", 1, 1 + KEY_ID_BYTES);
  const tagAt = HEADER_BYTES + IV_BYTES;
  return {
    keyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    material: blob.readUInt16BE(1 + KEY_ID_BYTES),
    header: blob.subarray(0, HEADER_BYTES),
    iv: blob.subarray(HEADER_BYTES, tagAt),
    tag: blob.subarray(tagAt, tagAt + TAG_BYTES),
    content: blob.subarray(tagAt + TAG_BYTES),
  };
}

export function open(key: Key, envelope: Envelope, context: EncryptionContext): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", materialOf(key, envelope.material), envelope.iv);
  decipher.setAAD(Buffer.concat([envelope.header, canonicalContext(context)]));
  decipher.setAuthTag(envelope.tag);
  try {
    return Buffer.concat([decipher.update(envelope.content), decipher.final()]);
  } catch {
    throw invalid();
  }
}

function materialOf(key: Key, number: number): Buffer {
  const material = key.material[number];
  if (!material) throw invalid();
  return Buffer.from(material, "base64");
}

function invalid(): AwsError {
  return new AwsError("InvalidCiphertextException", "");
}
