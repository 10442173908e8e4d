import { partitionFacts, partitionOfRegion } from "../aws/partition";
import { parseRoleArn, type RoleArnParts } from "../aws/role-arn";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import { causeTexts, type DiagnosisCause } from "../diagnosis";
import { CrossAccountError } from "../errors";
import type { Check } from "../types";
import { check, fact } from "./check";

export interface RoleArnInput {
  config: CrossAccountConfig;
  roleArn: string;
  region: string;
  pinnedAccountId?: string;
}

export interface RoleArnResult {
  check: Check;
  /** Absent unless the check passed. */
  role?: RoleArnParts;
}

/** Judges the ARN alone, before AWS is asked. */
export function checkRoleArn({ config, roleArn, region, pinnedAccountId }: RoleArnInput): RoleArnResult {
  const parsed = parse(roleArn);
  if ("problem" in parsed) {
    return failed({ ...refusedArn("role-arn-unusable"), cause: parsed.problem });
  }
  const { role } = parsed;
  const partition = partitionOfRegion(region);
  if (partition && role.partition !== partition) {
    const [there, here] = [partitionFacts[role.partition].displayName, partitionFacts[partition].displayName];
    return failed({ ...refusedArn("wrong-partition"), cause: `The role is in ${there}, this connection in ${here}.` });
  }
  if (pinnedAccountId && role.accountId !== pinnedAccountId) {
    const cause = `The ARN names account ${role.accountId}, but this connection belongs to account ${pinnedAccountId}.`;
    return failed({ ...refusedArn("wrong-account"), cause });
  }
  if (role.accountId === partitionSettings(config, role.partition).serviceAccountId) {
    return failed({
      ...refusedArn("wrong-account"),
      cause: "The ARN names a role in the vendor's own account.",
      remedy: "Paste the ARN of the role in your account, from the stack's outputs.",
    });
  }
  const evidence = [fact("Account", role.accountId), fact("Partition", role.partition)];
  return { role, check: check("role-arn", "passed", evidence) };
}

function parse(roleArn: string): { role: RoleArnParts } | { problem: string } {
  try {
    return { role: parseRoleArn(roleArn) };
  } catch (error) {
    if (error instanceof CrossAccountError) return { problem: error.message };
    throw error;
  }
}

function refusedArn(causeId: DiagnosisCause): Pick<Check, "causeId" | "remedy"> {
  return { causeId, remedy: causeTexts[causeId].nextAction };
}

function failed(finding: Pick<Check, "cause" | "causeId" | "remedy">): RoleArnResult {
  return { check: check("role-arn", "failed", [], { ...finding, confidence: "certain" }) };
}
