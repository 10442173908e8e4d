import "server-only";
import { config } from "@/lib/config";
import {
  CrossAccountError,
  isPartition,
  type Partition,
  parseRoleArn,
  partitionSettings,
  type RoleArnParts,
} from "@/lib/crossaccount";
import { AppError } from "@/lib/errors";
import { takeFromOwnLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { proposeRole, refuseProven } from "./propose-role";

/** Takes the role ARN that an admin pasted. @throws AppError `invalid-input`, saying what was pasted instead */
export async function submitRole(
  access: CustomerAccess,
  input: { connectionId: string; roleArn: string },
): Promise<{ accountId: string }> {
  const connection = await findOwnConnection(access, input.connectionId);
  refuseProven(connection);
  const role = readRole(input.roleArn, connection.partition);
  await takeFromOwnLimit("nameRole", connection.customerId);
  await proposeRole(access, connection, role, "connection.role-submitted");
  return { accountId: role.accountId };
}

function readRole(text: string, partition: string): RoleArnParts {
  const role = parse(text, isPartition(partition) ? partition : undefined);
  if (role.accountId === partitionSettings(config, role.partition).serviceAccountId) {
    throw invalid(
      `This role is in an account of ${config.branding.productName} itself. Paste the ARN of the role in your account, from the stack's outputs.`,
    );
  }
  return role;
}

function parse(text: string, partition: Partition | undefined): RoleArnParts {
  try {
    return parseRoleArn(text, { partition });
  } catch (error) {
    if (error instanceof CrossAccountError && error.code === "role-arn-invalid") throw invalid(error.message);
    throw error;
  }
}

function invalid(message: string): AppError {
  return new AppError("invalid-input", message, { fields: { roleArn: message } });
}
