import "server-only";
import {
  buildRevokeUrl,
  buildStackUrl,
  deleteStackCommand,
  parseRoleArn,
  revokeSessionsCommand,
} from "@/lib/crossaccount";
import { consoleUrl } from "@/lib/crossaccount-client/client";
import { databaseTime } from "@/lib/database-time";
import type { ExitInstructions } from "./exit-schema";
import type { ConnectionDetail } from "./schema";

type Subject = Pick<ConnectionDetail, "region" | "stackName" | "roleArn">;

/** What only the customer can do in AWS: end what credentials may do that were issued before, and delete the stack. */
export function exitInstructions(
  { region, stackName, roleArn }: Subject,
  now: Date = databaseTime(),
): ExitInstructions | null {
  if (roleArn === null) return null;
  const { roleName } = parseRoleArn(roleArn);
  // AWS dates sessions to the second, and none is issued while the connection is stopped.
  const issuedBefore = new Date(Math.ceil((now.getTime() + 1) / 1_000) * 1_000);
  return {
    ...{ region, stackName, roleName },
    revokeUrl: buildRevokeUrl({ region, roleName, consoleUrl }),
    revokeCommand: revokeSessionsCommand({ region, roleName, issuedBefore }),
    stackUrl: buildStackUrl({ region, stackId: stackName, consoleUrl }),
    deleteStackCommand: deleteStackCommand({ region, stackName }),
  };
}
