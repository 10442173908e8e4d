import type { RoleSession } from "../assume-role";

/** A session nearer to its end than this is replaced: what begins with it must have time to finish. */
const REMAINING_MILLISECONDS = 5 * 60_000;

export interface SessionCache {
  /** The kept session for the key, else the one that `load` makes; callers at the same time share one `load`. */
  get(key: string, load: () => Promise<RoleSession>): Promise<RoleSession>;
}

/** Keeps sessions in memory until five minutes before they end. A failed load is not kept. */
export function createSessionCache(clock: () => Date): SessionCache {
  const sessions = new Map<string, RoleSession>();
  const loading = new Map<string, Promise<RoleSession>>();

  function isFresh({ credentials }: RoleSession): boolean {
    return credentials.expiration.getTime() - clock().getTime() > REMAINING_MILLISECONDS;
  }

  function dropStale(): void {
    for (const [key, session] of sessions) if (!isFresh(session)) sessions.delete(key);
  }

  return {
    async get(key, load) {
      const known = sessions.get(key);
      if (known && isFresh(known)) return known;
      const shared = loading.get(key);
      if (shared) return shared;
      const promise = load()
        .then((session) => {
          dropStale();
          sessions.set(key, session);
          return session;
        })
        .finally(() => loading.delete(key));
      loading.set(key, promise);
      return promise;
    },
  };
}
