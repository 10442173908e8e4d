import type { Principal } from "../service";
import type { Store } from "../store";

interface Session {
  secret: string;
  token: string;
  expiresAt: string;
  principal: Principal;
}

interface StsState {
  /** By access key ID. */
  sessions: Record<string, Session>;
}

const KEPT_AFTER_EXPIRY_MS = 60 * 60 * 1000;

export function findSession(store: Store, accessKeyId: string): Session | undefined {
  const { sessions } = state(store);
  return Object.hasOwn(sessions, accessKeyId) ? sessions[accessKeyId] : undefined;
}

/** Keeps a session, and forgets those expired for so long that ExpiredToken helps nobody any more. */
export function saveSession(store: Store, accessKeyId: string, session: Session, now: Date): void {
  const { sessions } = state(store);
  for (const [id, { expiresAt }] of Object.entries(sessions)) {
    if (Date.parse(expiresAt) + KEPT_AFTER_EXPIRY_MS > now.getTime()) break;
    delete sessions[id];
  }
  sessions[accessKeyId] = session;
}

function state(store: Store): StsState {
  return store.slice<StsState>("sts", () => ({ sessions: {} }));
}
