import "server-only";
import {
  type CredentialStorage,
  CrossAccountError,
  type Digester,
  type Encryptor,
  isUsable,
  type StoredConnection,
} from "@/lib/crossaccount";
import { statusesBefore } from "@/lib/crossaccount/status";
import type { Connection, PrismaClient } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import { externalIdDigest, roleArnDigest, roleDigest } from "./digests";
import { refuseTakenRole, takenMeanwhile } from "./refuse-taken-role";

export interface StorageDependencies {
  database: PrismaClient;
  encryptor: Encryptor;
  digester: Digester;
}

/** The portal's connections as the library's storage. New ones are made by `createConnection`, which knows who asks. */
export function createStorage({ database, encryptor, digester }: StorageDependencies): CredentialStorage {
  async function digests({ customerId, connectionId, roleArn, externalId }: StoredConnection) {
    const arn = roleArn && (await encryptor.decrypt(roleArn, { customerId, connectionId, field: "roleArn" }));
    const id = await encryptor.decrypt(externalId, { customerId, connectionId, field: "externalId" });
    return {
      roleArnDigest: arn && roleArnDigest(digester, customerId, arn),
      roleDigest: arn && roleDigest(digester, arn),
      externalIdDigest: externalIdDigest(digester, id),
    };
  }

  return {
    async get(customerId, connectionId) {
      const connection = await database.connection.findUnique({ where: { id: connectionId, customerId } });
      return connection && stored(connection);
    },

    async list(customerId) {
      const connections = await database.connection.findMany({ where: { customerId }, orderBy: { createdAt: "asc" } });
      return connections.map(stored);
    },

    async put(connection) {
      const { connectionId: id, customerId, accountId, status } = connection;
      const found = await digests(connection);
      const written = database.$transaction(async (transaction) => {
        // What was proven and seen is the former role's: named alone, another one is nobody's yet.
        await transaction.connection.updateMany({
          where: { id, customerId, roleArnDigest: { not: found.roleArnDigest } },
          data: { provenAt: null, roleUniqueId: null, setupPermissions: "unknown", setupGoneAt: null },
        });
        // What may be used is proven, and from then on nobody else's.
        if (isUsable(status)) await refuseTakenRole(transaction, { id, roleDigest: found.roleDigest });
        const { count } = await transaction.connection.updateMany({
          where: {
            id,
            customerId,
            region: connection.region,
            OR: [{ accountId: null }, { accountId }],
            // The library may have read the connection before its customer paused it.
            status: { in: [status, ...statusesBefore(status).filter((before) => before !== "paused")] },
          },
          data: {
            accountId,
            status,
            roleArnCiphertext: connection.roleArn && Uint8Array.from(connection.roleArn),
            externalIdCiphertext: Uint8Array.from(connection.externalId),
            ...found,
          },
        });
        if (count === 0) {
          throw new CrossAccountError(
            "storage-failed",
            "The connection was not stored: the portal has none like it, or its region, account or status cannot change this way.",
          );
        }
        if (!isUsable(status)) return;
        await transaction.connection.updateMany({
          where: { id, customerId, provenAt: null },
          data: { provenAt: new Date() },
        });
      });
      await written.catch((error: unknown) => {
        // Two at the same moment: the database's own indexes have the last word.
        throw isDuplicate(error) ? takenMeanwhile() : error;
      });
    },

    async delete(customerId, connectionId) {
      await database.connection.deleteMany({ where: { id: connectionId, customerId } });
    },
  };
}

function stored(connection: Connection): StoredConnection {
  const { id: connectionId, customerId, accountId, region, status } = connection;
  const { roleArnCiphertext: roleArn, externalIdCiphertext: externalId } = connection;
  return { connectionId, customerId, accountId, region, status, roleArn, externalId };
}
