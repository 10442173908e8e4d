import { parseRoleArn, type RoleArnParts } from "../arn";
import { type CrossAccountConfig, partitionSettings } from "../config";
import { CrossAccountError } from "../errors";
import { partitionOfRegion } from "../partition";
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
  const parsed = parse(roleArn, region);
  if ("problem" in parsed) {
    return failed(parsed.problem, "Paste the ARN of the role that the stack made, from the stack's outputs.");
  }
  const { role } = parsed;
  if (pinnedAccountId && role.accountId !== pinnedAccountId) {
    return failed(
      `The ARN names account ${role.accountId}, but this connection belongs to account ${pinnedAccountId}.`,
      "Paste the role of this connection's account, or make a new connection for the other account.",
    );
  }
  if (role.accountId === partitionSettings(config, role.partition).serviceAccountId) {
    return failed(
      "The ARN names a role in the vendor's own account.",
      "Paste the ARN of the role in your account, from the stack's outputs.",
    );
  }
  const evidence = [fact("Account", role.accountId), fact("Partition", role.partition)];
  return { role, check: check("role-arn", "passed", evidence) };
}

function parse(roleArn: string, region: string): { role: RoleArnParts } | { problem: string } {
  try {
    return { role: parseRoleArn(roleArn, { partition: partitionOfRegion(region) }) };
  } catch (error) {
    if (error instanceof CrossAccountError) return { problem: error.message };
    throw error;
  }
}

function failed(cause: string, remedy: string): RoleArnResult {
  return { check: check("role-arn", "failed", [], { cause, confidence: "certain", remedy }) };
}
