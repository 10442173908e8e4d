import { parseRoleArn, roleIdentity } from "../aws/role-arn";
import type { ConnectionRegistry, ConnectionScope, Encryptor, StoredConnection } from "../types";
import { decryptRoleArn } from "./connections";
import { decryptKnownId, externalIdsOf } from "./external-ids";
import type { MemoryStorage } from "./memory-storage";

/** Compares with every connection in memory, each decrypted: for as few as a test or a tool has. */
export function createMemoryRegistry(storage: MemoryStorage, encryptor: Encryptor): ConnectionRegistry {
  async function others({ customerId, connectionId }: ConnectionScope): Promise<StoredConnection[]> {
    const isOther = (kept: StoredConnection) => kept.customerId !== customerId || kept.connectionId !== connectionId;
    return (await storage.all()).filter((kept) => isOther(kept) && kept.status !== "disconnected");
  }

  return {
    async isRoleTaken(roleArn, asking) {
      const role = roleIdentity(parseRoleArn(roleArn));
      // The account is known once a role was verified, and stays known when another one is named, which makes it pending.
      const verified = (await others(asking)).filter(
        ({ accountId, status }) => accountId !== null && status !== "pending",
      );
      const arns = await Promise.all(verified.map((kept) => decryptRoleArn(encryptor, kept)));
      return arns.some((arn) => arn !== null && roleIdentity(parseRoleArn(arn)) === role);
    },
    async issuedToOthers(externalIds, asking) {
      const sealed = (await others(asking)).flatMap((kept) => externalIdsOf(kept).map((id) => [kept, id] as const));
      const issued = await Promise.all(sealed.map(([kept, id]) => decryptKnownId(encryptor, kept, id)));
      const known = new Set(issued.map((id) => id.toLowerCase()));
      return externalIds.filter((id) => known.has(id.toLowerCase()));
    },
  };
}
