import { LRUCache } from "lru-cache";
import type { RoleSession } from "../aws/assume-role";
import type { StatusMark } from "./status-trust";

export interface KeptSession {
  readonly customerId: string;
  readonly connectionId: string;
  /** Of the role and external ID that it was opened with. */
  readonly fingerprint: string;
  readonly credentials: RoleSession["credentials"];
  readonly sessionName: string;
  readonly region: string;
  readonly requestId?: string;
  /** Whether the entry of its AssumeRole stands for a hand-out that was made. */
  isHandedOut: boolean;
  /** Epoch milliseconds after which it is no longer handed out. */
  readonly endsAt: number;
  /** Epoch milliseconds after which its next use also opens the one that follows. */
  refreshAt: number;
  /** When the connection's status was last seen to allow its use. */
  mark: StatusMark;
}

export interface SessionStore {
  get(key: string): KeptSession | undefined;
  put(key: string, session: KeptSession): void;
  /** Drops the session unless another one has taken its place. */
  drop(key: string, session: KeptSession): void;
  dropConnection(customerId: string, connectionId: string): void;
}

/** Sessions in memory, at most `capacity`; those unused for longest go first. */
export function createSessionStore(capacity: number): SessionStore {
  const keysByCustomer = new Map<string, Set<string>>();
  const sessions = new LRUCache<string, KeptSession>({
    max: capacity,
    dispose: ({ customerId }, key, reason) => {
      if (reason === "set") return;
      const keys = keysByCustomer.get(customerId);
      keys?.delete(key);
      if (keys?.size === 0) keysByCustomer.delete(customerId);
    },
  });

  return {
    get: (key) => sessions.get(key),
    put(key, session) {
      const keys = keysByCustomer.get(session.customerId);
      if (keys) keys.add(key);
      else keysByCustomer.set(session.customerId, new Set([key]));
      sessions.set(key, session);
    },
    drop(key, session) {
      if (sessions.peek(key) === session) sessions.delete(key);
    },
    dropConnection(customerId, connectionId) {
      for (const key of [...(keysByCustomer.get(customerId) ?? [])]) {
        if (sessions.peek(key)?.connectionId === connectionId) sessions.delete(key);
      }
    },
  };
}
