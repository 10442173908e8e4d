import { MAX_SESSION_SECONDS } from "../aws/assume-role";
import type { Check, Evidence } from "../types";
import { check, fact, finding } from "./check";

export interface RoleUsage {
  /** GetRole's RoleLastUsed; up to four hours late. */
  lastUsedAt?: Date;
  lastUsedRegion?: string;
  /** When we last assumed the role before this verification; null: never. Without it use is not judged. */
  lastAssumedAt?: Date | null;
  /** When this verification began, which uses the role itself. */
  begun: Date;
}

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
  createdAt?: Date;
  usage: RoleUsage;
}

export interface IdentityResult {
  check: Check;
  /** Only another account makes the connection unusable. */
  accountMatches: boolean;
}

/** Clocks and AWS's own bookkeeping may be this far apart. */
const TOLERANCE_MILLISECONDS = 5 * 60_000;

/** Compares who the session is with who it should be, and the role's use with ours. */
export function checkIdentity(input: IdentityInput): IdentityResult {
  const evidence = [
    fact("Account", input.callerAccountId),
    fact("Role ID", input.roleId),
    ...(input.createdAt ? [fact("Role created", input.createdAt.toISOString())] : []),
    ...usageEvidence(input.usage),
  ];
  const expected = input.pinnedAccountId ?? input.arnAccountId;
  if (input.callerAccountId !== input.arnAccountId || input.callerAccountId !== expected) {
    return { accountMatches: false, check: wrongAccount([...evidence, fact("Expected account", expected)]) };
  }
  if (input.knownRoleId && input.knownRoleId !== input.roleId) {
    return { accountMatches: true, check: madeAgain([...evidence, fact("Role ID before", input.knownRoleId)]) };
  }
  return {
    accountMatches: true,
    check: usedByOthers(input.usage) ? foreignUse(evidence) : check("identity", "passed", evidence),
  };
}

/** Shows nothing of the role, which may be someone else's. */
export function takenRole(): Check {
  return check("identity", "failed", [], finding("role-taken", "certain"));
}

function wrongAccount(evidence: Evidence[]): Check {
  return check("identity", "failed", evidence, {
    cause: "The session belongs to an account other than this connection's.",
    causeId: "wrong-account",
    confidence: "certain",
    remedy: "Create a new connection for the other account: a connection's account never changes.",
  });
}

/** Said once: the next verification knows the new role. */
function madeAgain(evidence: Evidence[]): Check {
  return check("identity", "failed", evidence, finding("role-made-again", "certain"));
}

function foreignUse(evidence: Evidence[]): Check {
  return check("identity", "warning", evidence, finding("used-by-others", "likely"));
}

/** Use that no session of ours explains: after the last of them must have ended, and before this verification. */
function usedByOthers({ lastUsedAt, lastAssumedAt, begun }: RoleUsage): boolean {
  if (!lastUsedAt || lastAssumedAt === undefined) return false;
  if (lastUsedAt.getTime() > begun.getTime() - TOLERANCE_MILLISECONDS) return false;
  if (lastAssumedAt === null) return true;
  return lastUsedAt.getTime() > lastAssumedAt.getTime() + MAX_SESSION_SECONDS * 1_000 + TOLERANCE_MILLISECONDS;
}

function usageEvidence({ lastUsedAt, lastUsedRegion, lastAssumedAt }: RoleUsage): Evidence[] {
  const used = lastUsedAt && `${lastUsedAt.toISOString()}${lastUsedRegion ? ` in ${lastUsedRegion}` : ""}`;
  const assumed = lastAssumedAt === null ? "Never" : lastAssumedAt?.toISOString();
  return [
    ...(used ? [fact("Last used, as AWS sees it", used)] : []),
    ...(assumed ? [fact("Last used by the portal", assumed)] : []),
  ];
}
