import { timingSafeEqual } from "node:crypto";
import { accountOf, propagatedRole } from "../iam/state";
import { AwsError, type Principal } from "../service";
import { administrator } from "../service/principals";
import type { Store } from "../store";
import type { Clock } from "../store/versioned";
import { findSession } from "./sessions";

interface Credentials {
  secret: string;
  token?: string;
  expiresAt?: Date;
  principal: Principal;
}

/** Who an access key belongs to in a partition; keys of one partition are unknown in all others. */
export function findCredentials(
  accessKeyId: string,
  { store, partition, clock }: { store: Store; partition: string; clock: Clock },
): Credentials {
  const accountId = administeredAccount(accessKeyId);
  if (accountId) return { secret: "sandbox", principal: administrator(accountId, partition) };
  const session = findSession(store, accessKeyId);
  if (!session || session.principal.partition !== partition || isOrphan(session.principal, store, clock)) {
    throw invalidToken();
  }
  const { secret, token, expiresAt, principal } = session;
  return { secret, token, expiresAt: new Date(expiresAt), principal };
}

/** The account of an access key, whether or not the key is still good for anything. */
export function accountOfKey(accessKeyId: string, store: Store): string | undefined {
  return administeredAccount(accessKeyId) ?? findSession(store, accessKeyId)?.principal.accountId;
}

function administeredAccount(accessKeyId: string): string | undefined {
  return /^AKIASANDBOX(\d{12})$/.exec(accessKeyId)?.[1];
}

/** A session of a role that is gone, even if another role has taken its name. */
function isOrphan({ roleName, roleId, partition, accountId }: Principal, store: Store, clock: Clock): boolean {
  if (!roleName) return false;
  return propagatedRole(accountOf(store, partition, accountId), roleName, clock)?.id !== roleId;
}

export function requireToken({ token }: Credentials, sent: string | undefined): void {
  const [left, right] = [Buffer.from(token ?? ""), Buffer.from(sent ?? "")];
  if (left.length !== right.length || !timingSafeEqual(left, right)) throw invalidToken();
}

export function requireUnexpired({ expiresAt }: Credentials, now: Date): void {
  if (expiresAt && expiresAt <= now) {
    throw new AwsError("ExpiredToken", "The security token included in the request is expired", 403);
  }
}

export function invalidToken(): AwsError {
  return new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
}
