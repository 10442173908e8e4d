import "server-only";
import type { Judgement } from "./key-ring";

/** Part of the log is not what we wrote, or was signed by a key that this process does not have. */
export class AccessLogTamperedError extends Error {
  override readonly name = "AccessLogTamperedError";
}

/** What we extend we must have written ourselves, or we would sign someone else's lie. @throws AccessLogTamperedError */
export function mustBeOurs(what: string, judgement: Judgement): void {
  if (judgement === "right") return;
  throw new AccessLogTamperedError(
    judgement === "wrong"
      ? `${what} was changed by someone without our key. Run npm run verify-access-log.`
      : `${what} was signed by a key that ENCRYPTION_KEYS and AUTH_SECRET no longer hold. Put the key back.`,
  );
}
