import { createCrossAccountClient } from "../client/client";
import type { CrossAccountClientOptions } from "../client/types";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryStorage } from "../storage/memory-storage";
import type { StoredConnection } from "../types";
import { createCustomerRole, testConfig } from "./customer";

export const customerId = "customer-1";
export const connectionId = "connection-1";
const accountId = "111122223333";
const externalId = "acme-0123456789abcdef0123456789abcdef";

/** A client with one connection that works, to a role in the sandbox at `url`. */
export async function connected(url: string, options: CrossAccountClientOptions & { region?: string } = {}) {
  const { region = "us-east-1", ...others } = options;
  const memory = createMemoryStorage();
  const reads = { count: 0 };
  const storage = {
    ...memory,
    get: (customer: string, connection: string) => {
      reads.count += 1;
      return memory.get(customer, connection);
    },
  };
  const encryptor = createMemoryEncryptor();
  const accessLog = createMemoryAccessLog();
  const credentials = { accessKeyId: `AKIASANDBOX${testConfig.serviceAccountId}`, secretAccessKey: "sandbox" };
  const aws = { endpoint: url, credentials };
  const client = createCrossAccountClient(testConfig, { storage, encryptor, accessLog, aws, ...others });

  const { roleArn } = await createCustomerRole({ url, accountId, externalId, region });
  const scope = { customerId, connectionId };
  const connection: StoredConnection = {
    ...scope,
    accountId,
    region,
    status: "active",
    roleArn: await encryptor.encrypt(roleArn, { ...scope, field: "roleArn" }),
    externalId: await encryptor.encrypt(externalId, { ...scope, field: "externalId" }),
  };
  await storage.put(connection);

  return {
    client,
    accessLog,
    storage,
    /** How often the storage was asked for a connection. */
    reads,
    /** Regions in which AWS was asked to assume the role, oldest first. */
    asked: () => accessLog.entries.filter(({ sessionName }) => sessionName).map(({ region }) => region),
    change: (change: Partial<StoredConnection>) => storage.put({ ...connection, ...change }),
    encrypt: (text: string, field: "roleArn" | "externalId") => encryptor.encrypt(text, { ...scope, field }),
    provider: (purpose = "report") => client.assumeCustomerRole(customerId, { connectionId, purpose }),
  };
}

/** The real time, moved on by hand. */
export function createMovedClock() {
  let moved = 0;
  return {
    clock: () => new Date(Date.now() + moved),
    pass: (minutes: number) => {
      moved += minutes * 60_000;
    },
  };
}
