import "server-only";
import { config } from "@/lib/config";
import { expectedTrustPolicy, isPartition } from "@/lib/crossaccount";
import { readExternalIdInUse } from "@/lib/crossaccount-client/secrets";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";

/** What the trust policy of a connection's role says, for one that is made by hand. @throws AppError `not-found` */
export async function trustPolicyOf(access: CustomerAccess, connectionId: string) {
  const connection = await findOwnConnection(access, connectionId);
  const { partition } = connection;
  return expectedTrustPolicy(config, {
    partition: isPartition(partition) ? partition : "aws",
    externalId: await readExternalIdInUse(connection),
  });
}
