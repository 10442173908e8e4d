import { validatePolicy } from "../policy/validate";
import type { RequestContext } from "../service";
import type { Store } from "../store";
import type { Role } from "./entities";
import { principalIdsOf, shownPolicy } from "./named-principals";
import { requireTrustPolicySize } from "./quota";

/** A checked trust policy, with each named user or role tied to the unique ID that it has now. */
export function storedTrustPolicy(document: string, context: RequestContext) {
  const policy = validatePolicy(document, "trust", context.partition);
  requireTrustPolicySize(document);
  return { trustPolicy: document, principalIds: principalIdsOf(policy, context) };
}

/** The trust policy as IAM shows it. */
export function shownTrustPolicy({ trustPolicy, principalIds }: Role, store: Store): string {
  return shownPolicy(trustPolicy, principalIds, store);
}
