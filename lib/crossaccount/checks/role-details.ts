import { GetRoleCommand } from "@aws-sdk/client-iam";
import { attempt, type Reading, type Result } from "./aws-reading";

/** What GetRole says of the role itself. */
export interface RoleDetails {
  /** JSON text, percent-encoded as IAM returns it. */
  trustPolicy: string;
  /** Seconds. */
  maxSessionDuration: number;
  description?: string;
  createdAt?: Date;
  boundaryArn?: string;
  /** Within the last 400 days, with a delay of up to four hours. */
  lastUsedAt?: Date;
  lastUsedRegion?: string;
}

/** AWS's default where the answer names none. */
const DEFAULT_MAXIMUM = 3_600;

export async function readRoleDetails(roleName: string, reading: Reading): Promise<Result<RoleDetails>> {
  const answer = await attempt(reading, "the role itself", "iam:GetRole", (options) =>
    reading.iam.send(new GetRoleCommand({ RoleName: roleName }), options),
  );
  if (!answer.ok) return answer;
  const role = answer.value.Role;
  return {
    ok: true,
    value: {
      trustPolicy: role?.AssumeRolePolicyDocument ?? "",
      maxSessionDuration: role?.MaxSessionDuration ?? DEFAULT_MAXIMUM,
      description: role?.Description,
      createdAt: role?.CreateDate,
      boundaryArn: role?.PermissionsBoundary?.PermissionsBoundaryArn,
      lastUsedAt: role?.RoleLastUsed?.LastUsedDate,
      lastUsedRegion: role?.RoleLastUsed?.Region,
    },
  };
}
