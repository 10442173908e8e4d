import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export type Algorithm = "RS256" | "PS256" | "ES256" | "EdDSA" | "HS256" | "none";

/** Signs JWTs by one algorithm, with a key of its own ({@link https://www.rfc-editor.org/rfc/rfc7518#section-3 RFC 7518, 3}). */
export function createSigner(algorithm: Algorithm, secret: string) {
  const pair = keyPair(algorithm);
  const kid = `key-of-${algorithm}`;
  const header = { alg: algorithm, typ: "JWT", ...(pair && { kid }) };
  return {
    keys: pair ? [{ ...pair.publicKey.export({ format: "jwk" }), kid, use: "sig", alg: algorithm }] : [],
    sign(claims: object): string {
      const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      return `${content}.${signature(algorithm, content, pair?.privateKey ?? secret).toString("base64url")}`;
    },
  };
}

function keyPair(algorithm: Algorithm) {
  switch (algorithm) {
    case "RS256":
    case "PS256":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "ES256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "EdDSA":
      return generateKeyPairSync("ed25519");
    default:
      return undefined;
  }
}

function signature(algorithm: Algorithm, content: string, key: KeyObject | string): Buffer {
  const bytes = Buffer.from(content);
  if (algorithm === "none") return Buffer.alloc(0);
  if (typeof key === "string") return createHmac("sha256", key).update(bytes).digest();
  switch (algorithm) {
    case "PS256":
      // 6 is RSA_PKCS1_PSS_PADDING; the salt is as long as the digest.
      return sign("sha256", bytes, { key, padding: 6, saltLength: 32 });
    case "ES256":
      return sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" });
    case "EdDSA":
      return sign(null, bytes, key);
    default:
      return sign("sha256", bytes, key);
  }
}
