import type { Sandbox } from "./context";
import type { HttpRequest } from "./http";
import { anonymous, findCredentials, requireToken, requireUnexpired } from "./identity";
import { isRegion, partitionOf } from "./partition";
import { type Signature, verifySignature } from "./protocol/sigv4";
import { AwsError, type Principal } from "./service";

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
  return credentials.principal;
}
