import { newToken, tokenDigest } from "@/lib/tokens";

/** What scanners for leaked secrets look for; SECURITY.md has it too. */
export const apiKeyForm = /^ck_[\w-]{43}$/;

/** Characters by which a person tells keys apart; they say nothing about the rest. */
const shownCharacters = 9;

export interface NewApiKey {
  /** The key itself, which nobody can show again. */
  key: string;
  prefix: string;
  digest: string;
}

export function newApiKey(): NewApiKey {
  const key = `ck_${newToken()}`;
  return { key, prefix: key.slice(0, shownCharacters), digest: tokenDigest(key) };
}

/** The digest of what was sent as a key; null for what cannot be one. */
export function digestOfKey(text: string): string | null {
  return apiKeyForm.test(text) ? tokenDigest(text) : null;
}
