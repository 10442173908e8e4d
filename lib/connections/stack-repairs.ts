import "server-only";
import { buildStackUrl, buildUpdateUrl, deleteStackCommand, updateStackCommand } from "@/lib/crossaccount";
import { consoleUrl } from "@/lib/crossaccount-client/client";
import type { ConnectionDetail, StackRepairs } from "./schema";

/** What AWS takes as a repair of a stack that does not lead to a role, with everything filled in. */
export function stackRepairs(connection: Pick<ConnectionDetail, "region" | "stackName" | "externalId">): StackRepairs {
  const { region, stackName, externalId } = connection;
  const page = { region, stackId: stackName, consoleUrl };
  return {
    ...{ region, stackName, externalId },
    stackUrl: buildStackUrl(page),
    updateUrl: buildUpdateUrl(page),
    deleteStackCommand: deleteStackCommand({ region, stackName }),
    setExternalIdCommand: updateStackCommand({ region, stackName, parameters: { ExternalId: externalId } }),
  };
}
