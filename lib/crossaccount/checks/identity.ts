import type { Check } from "../types";
import { check, fact } from "./check";

export interface IdentityInput {
  /** What GetCallerIdentity answered to the session. */
  callerAccountId: string;
  /** IAM's unique ID of the assumed role. */
  roleId: string;
  /** Account in the role's ARN. */
  arnAccountId: string;
  /** Account that the connection is pinned to, once it is. */
  pinnedAccountId?: string;
  /** Role ID that was seen before. */
  knownRoleId?: string;
}

/** Compares who the session is with who it should be. */
export function checkIdentity(input: IdentityInput): Check {
  const evidence = [fact("Account", input.callerAccountId), fact("Role ID", input.roleId)];
  const expected = input.pinnedAccountId ?? input.arnAccountId;
  if (input.callerAccountId !== input.arnAccountId || input.callerAccountId !== expected) {
    return check("identity", "failed", [...evidence, fact("Expected account", expected)], {
      cause: "The session belongs to another account than this connection.",
      confidence: "certain",
      remedy: "Make a new connection for the other account; the account of a connection never changes.",
    });
  }
  if (input.knownRoleId && input.knownRoleId !== input.roleId) {
    return check("identity", "warning", [...evidence, fact("Role ID before", input.knownRoleId)], {
      cause: "The role was deleted and made again under the same name since it was last verified.",
      confidence: "certain",
      remedy:
        "If you recreated the stack, nothing is to do. Otherwise find out who did, in CloudTrail under CreateRole.",
    });
  }
  return check("identity", "passed", evidence);
}
