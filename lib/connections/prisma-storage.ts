import "server-only";
import {
  type CredentialStorage,
  CrossAccountError,
  type Digester,
  type Encryptor,
  type StoredConnection,
} from "@/lib/crossaccount";
import type { Connection, PrismaClient } from "@/lib/generated/prisma/client";
import { externalIdDigest, roleArnDigest } from "./digests";
import { statusesBefore } from "./state";

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
      const { count } = await database.connection.updateMany({
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
          ...(await digests(connection)),
        },
      });
      if (count === 0) {
        throw new CrossAccountError(
          "storage-failed",
          "The connection was not stored: the portal has none like it, or its region, account or status cannot change this way.",
        );
      }
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
