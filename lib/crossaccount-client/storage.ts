import "server-only";
import { changeFacts } from "@/lib/connection-status/change-facts";
import { asSetupPermissions, factsOfRow, sightColumns, sightOfRow } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { beginRotation, endRotation, noteAccepted } from "@/lib/connection-status/rotation";
import {
  type CredentialStorage,
  CrossAccountError,
  type Digester,
  type Encryptor,
  type StoredConnection,
  type StoredExternalIds,
} from "@/lib/crossaccount";
import {
  allowedTransitions,
  factsOf,
  isSetupOver,
  isStopped,
  isUsable,
  type SetupPermissions,
  statusFrom,
  unseenTrust,
} from "@/lib/crossaccount/status";
import { databaseTime } from "@/lib/database-time";
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
      const { connectionId, customerId, status } = connection;
      const found = await digests(connection);
      const written = database.$transaction(async (transaction) => {
        // What may be used is proven, and from then on no one else's.
        if (isUsable(status)) await refuseTakenRole(transaction, { id: connectionId, roleDigest: found.roleDigest });
        const at = databaseTime();
        const before = await lockConnection(transaction, { customerId, connectionId }, { region: connection.region });
        // Read before a rotation completed, it would bring back an external ID that was retired.
        if (before?.externalIdDigest !== found.externalIdDigest) throw notStored();
        const known = { ...found, ...knownFrom(connection, ofRole(before, found.roleArnDigest), at) };
        if (!mayBecome(before, connection, known)) throw notStored();
        await changeFacts(transaction, before, {
          known,
          cause: "Stored by the vendor's code.",
          actor: { type: "service", id: "library" },
          at,
        });
      });
      await written.catch((error: unknown) => {
        // Two at the same moment: the database's own indexes have the last word.
        throw isDuplicate(error) ? takenMeanwhile() : error;
      });
    },

    async exchangeExternalIds({ customerId, connectionId }, before, after) {
      const sealed = (ciphertext: Uint8Array) =>
        encryptor.decrypt(ciphertext, { customerId, connectionId, field: "externalId" });
      const next = after.nextExternalId && externalIdDigest(digester, await sealed(after.nextExternalId));
      return database.$transaction(async (transaction) => {
        const row = await lockConnection(transaction, { customerId, connectionId });
        if (!row || !hasIds(row, before)) return false;
        const acted = { actor: { type: "service", id: "library" }, at: databaseTime() } as const;
        if (before.nextExternalId === null && after.nextExternalId !== null && next !== null) {
          return beginRotation(transaction, row, { ciphertext: after.nextExternalId, digest: next, ...acted });
        }
        if (after.nextExternalId !== null) {
          await noteAccepted(transaction, row, { nextAccepted: after.nextAccepted, ...acted });
          return true;
        }
        const outcome = sameBytes(after.externalId, before.nextExternalId) ? "completed" : "abandoned";
        return endRotation(transaction, row, outcome, { encryptor, ...acted });
      });
    },

    async delete(customerId, connectionId) {
      await database.connection.deleteMany({ where: { id: connectionId, customerId } });
    },
  };
}

/** What was proven and seen of the role that the connection has now; of another one, which is only named, nothing was. */
function ofRole(before: Connection, roleArnDigest: string | null) {
  return before.roleArnDigest === roleArnDigest
    ? { provenAt: before.provenAt, roleUniqueId: before.roleUniqueId, setupGoneAt: before.setupGoneAt }
    : { provenAt: null, roleUniqueId: null, setupGoneAt: null, ...sightColumns(unseenTrust) };
}

/** What a record of the library says, in the columns that its status follows from. */
function knownFrom(record: StoredConnection, seen: ReturnType<typeof ofRole>, at: Date) {
  const { status, accountId, roleArn, externalId } = record;
  const { insecure, refused, checkFailed, proven } = factsOf(record);
  const verified = isUsable(status) || status === "broken" || (proven && seen.provenAt !== null);
  return {
    ...seen,
    accountId,
    roleArnCiphertext: roleArn && Uint8Array.from(roleArn),
    externalIdCiphertext: Uint8Array.from(externalId),
    provenAt: seen.provenAt ?? (verified ? at : null),
    setupPermissions: setupPermissionsFrom(record),
    ...(record.trust && sightColumns(record.trust)),
    ...(!isStopped(status) && {
      lastOutcome: insecure ? "insecure" : refused ? "failed" : verified ? "proven" : null,
      checkFailed,
    }),
  };
}

/** A record whose storage kept a status alone says of setup permissions what the status says. */
function setupPermissionsFrom({ status, setupPermissions = "unknown" }: StoredConnection): SetupPermissions {
  if (status === "active" && !isSetupOver(setupPermissions)) return "gone";
  return status === "setup" && isSetupOver(setupPermissions) ? "present" : setupPermissions;
}

/** The account stays; and the library may have read the connection before someone paused it. */
function mayBecome(before: Connection, { accountId, status }: StoredConnection, known: Partial<Connection>): boolean {
  if (before.accountId !== null && before.accountId !== accountId) return false;
  if (statusFrom(factsOfRow({ ...before, ...known })) !== status) return false;
  return before.status === status || allowedTransitions[before.status].includes(status);
}

function hasIds(
  { externalIdCiphertext, nextExternalIdCiphertext }: Connection,
  { externalId, nextExternalId }: Pick<StoredExternalIds, "externalId" | "nextExternalId">,
): boolean {
  return sameBytes(externalIdCiphertext, externalId) && sameBytes(nextExternalIdCiphertext, nextExternalId);
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one && other ? Buffer.compare(one, other) === 0 : one === other;
}

function notStored(): CrossAccountError {
  return new CrossAccountError(
    "storage-failed",
    "The connection was not stored: the portal does not have it, or its Region, account or status cannot change this way.",
  );
}

function stored(connection: Connection): StoredConnection {
  const { id: connectionId, customerId, accountId, region, status } = connection;
  const { roleArnCiphertext: roleArn, externalIdCiphertext: externalId } = connection;
  return {
    ...{ connectionId, customerId, accountId, region, status, roleArn, externalId },
    verified: connection.provenAt !== null,
    confirmed: connection.accountProposedAt === null,
    setupPermissions: asSetupPermissions(connection.setupPermissions),
    trust: sightOfRow(connection),
    nextExternalId: connection.nextExternalIdCiphertext,
    nextAccepted: connection.nextAccepted,
  };
}
