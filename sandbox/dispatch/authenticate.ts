import { findCredentials, invalidToken, requireToken, requireUnexpired } from "../authorization/credentials";
import { withUse } from "../iam/last-used";
import { accountOf } from "../iam/state";
import type { HttpRequest } from "../protocol/http";
import { type Signature, verifySignature } from "../protocol/sigv4";
import { isOptIn } from "../regions/opt-in";
import { isRegion, partitionOf } from "../regions/partition";
import { isDisabled } from "../regions/state";
import { AwsError, type Principal } from "../service";
import { anonymous } from "../service/principals";
import type { Sandbox } from "./context";

/** The principal behind a request's signature, or the anonymous one when it has none. */
export function authenticate(request: HttpRequest, signature: Signature | undefined, sandbox: Sandbox): Principal {
  if (!signature) return anonymous;
  if (!isRegion(signature.region)) {
    throw new AwsError("SignatureDoesNotMatch", "Credential should be scoped to a valid region.", 403);
  }
  const credentials = findCredentials(signature.accessKeyId, {
    store: sandbox.store,
    partition: partitionOf(signature.region),
    clock: sandbox,
  });
  requireToken(credentials, signature.token);
  verifySignature(request, signature, credentials.secret, sandbox.now());
  requireUnexpired(credentials, sandbox.now());
  requireRegion(signature, credentials.principal, sandbox);
  markUsed(credentials.principal, signature.region, sandbox);
  return credentials.principal;
}

/** An opt-in Region knows nobody of an account that has disabled it; STS says so in its own words. */
function requireRegion({ region, service }: Signature, { accountId }: Principal, { store }: Sandbox): void {
  if (service === "sts" || service === "iam" || !isOptIn(region)) return;
  if (isDisabled(region, accountId, store)) throw invalidToken();
}

/** What IAM shows as RoleLastUsed. */
function markUsed({ partition, accountId, roleId }: Principal, region: string, { store, now }: Sandbox): void {
  if (!roleId) return;
  const { uses } = accountOf(store, partition, accountId);
  uses[roleId] = withUse(uses[roleId], { at: now().toISOString(), region });
}
