import "server-only";
import { LRUCache } from "lru-cache";

const KEPT_MILLISECONDS = 500;
const KEPT_AT_MOST = 10_000;

export interface KnownKeysDependencies<Key> {
  find: (digest: string) => Promise<Key | null>;
  /** Milliseconds that only go forward. */
  now: () => number;
}

/**
 * Keys by their digest, from memory for half a second after they were read: a key that is revoked is refused everywhere within
 * a second, and a busy one costs two reads a second, however often it is used. What is compared are digests of 256 random bits,
 * so how long that takes says nothing about a key. Digests that belong to none are not kept, or guesses would drive keys out.
 */
export function createKnownKeys<Key extends object>({ find, now }: KnownKeysDependencies<Key>) {
  const kept = new LRUCache<string, { at: number; found: Promise<Key | null> }>({ max: KEPT_AT_MOST });

  async function read(digest: string): Promise<Key | null> {
    const entry = { at: now(), found: find(digest) };
    kept.set(digest, entry);
    const forget = () => {
      if (kept.peek(digest) === entry) kept.delete(digest);
    };
    try {
      const key = await entry.found;
      if (key === null) forget();
      return key;
    } catch (error) {
      forget();
      throw error;
    }
  }

  return {
    /** @throws what `find` throws */
    get(digest: string): Promise<Key | null> {
      const entry = kept.get(digest);
      return entry && now() - entry.at < KEPT_MILLISECONDS ? entry.found : read(digest);
    },
  };
}
