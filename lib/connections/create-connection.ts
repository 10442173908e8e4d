import "server-only";
import { randomUUID } from "node:crypto";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { config } from "@/lib/config";
import { generateExternalId, stackNames, templateVersion } from "@/lib/crossaccount";
import { externalIdDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { databaseTime } from "@/lib/database-time";
import { type Database, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { emitEvents } from "@/lib/events/emit-events";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { lockCustomer } from "@/lib/tenancy/customer";
import { chosenFeatures } from "./chosen-features";
import { refuseVendorAccount } from "./named-account";
import { partitionOfChoice } from "./regions";

const unfinishedAtMost = 20;

export interface NewConnection {
  name: string;
  region: string;
  requestId: string;
  /** Of the account that is to be connected, where the admin knows it. */
  accountId?: string | null;
  /** Ids; the config's defaults unless given. */
  features?: readonly string[];
}

/** Makes a connection with an external ID of its own. Asked twice with the same `requestId`, it makes one. */
export async function createConnection(
  access: CustomerAccess,
  input: NewConnection,
): Promise<{ connectionId: string }> {
  const customerId = access.customer.id;
  const partition = partitionOfChoice(input.region);
  const { accountId = null } = input;
  refuseVendorAccount(accountId, partition);
  const features = chosenFeatures(input.features);
  const connectionId = randomUUID();
  const externalId = generateExternalId(config.externalIdPrefix);
  const externalIdCiphertext = await seal(externalId, { customerId, connectionId }, "externalId");

  return db.$transaction(async (transaction) => {
    await lockCustomer(transaction, customerId);
    const made = await transaction.connection.findUnique({
      where: { customerId_requestId: { customerId, requestId: input.requestId } },
    });
    if (made) return { connectionId: made.id };
    await refuseTooMany(transaction, customerId);
    await transaction.connection.create({
      data: {
        id: connectionId,
        ...input,
        accountId,
        features,
        ...stackNames(config, connectionId),
        customerId,
        partition,
        externalIdCiphertext,
        externalIdDigest: externalIdDigest(digester, externalId),
        templateVersion: templateVersion(config),
        createdByType: access.actor.type,
        createdById: access.actor.id,
      },
    });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "connection.created",
      detail: { name: input.name, region: input.region },
    });
    await emitEvents(transaction, { customerId, connectionId, at: databaseTime() }, [{ type: "connection.created" }]);
    return { connectionId };
  });
}

async function refuseTooMany(transaction: Database, customerId: string): Promise<void> {
  // One that turned out to be insecure or broken at once was not finished either.
  const unfinished = await transaction.connection.count({
    where: { customerId, provenAt: null, status: { not: "disconnected" } },
  });
  if (unfinished < unfinishedAtMost) return;
  throw new AppError(
    "conflict",
    `There are already ${unfinished} unfinished connections. Finish one before you start another.`,
  );
}
