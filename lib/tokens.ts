import { createHash, randomBytes } from "node:crypto";

/** 256 random bits for a person to carry: a session cookie, an invitation. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of such a token. With 256 random bits there is nothing to guess, so a plain digest is enough. */
export function tokenDigest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
