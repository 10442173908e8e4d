import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { chosenFeatures } from "./chosen-features";
import { refuseVendorAccount } from "./named-account";
import { partitionOfChoice } from "./regions";

export interface RevisedConnection {
  connectionId: string;
  name: string;
  region: string;
  accountId: string | null;
  features?: readonly string[] | undefined;
}

/**
 * Changes what the first step asked, of a connection that waits for its role. Once a role is named, the account is that role's; once it
 * was verified, its stack says what there is, and only the name is left to change. The account is a person's word: what a link brings
 * is held against it.
 */
export async function reviseConnection(access: PersonalAccess, input: RevisedConnection): Promise<void> {
  const { name, region, accountId } = input;
  const { id: connectionId, customerId, ...before } = await findOwnConnection(access, input.connectionId);
  const partition = partitionOfChoice(region);
  refuseVendorAccount(accountId, partition);
  const features = chosenFeatures(input.features ?? before.features);
  const isProven = before.provenAt !== null;
  const hasRole = before.roleArnDigest !== null;
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.connection.updateMany({
      where: { id: connectionId, customerId, roleArnDigest: before.roleArnDigest, provenAt: before.provenAt },
      data: {
        name,
        ...(!isProven && { features }),
        ...(!hasRole && { region, partition, accountId }),
      },
    });
    if (count === 0)
      throw new AppError("conflict", "The connection has changed meanwhile. Reload the page to see its current state.");
    await recordActivity(transaction, {
      actor: access.actor,
      ...{ customerId, connectionId },
      action: "connection.revised",
      detail: { name, region: hasRole ? before.region : region },
    });
  });
}
