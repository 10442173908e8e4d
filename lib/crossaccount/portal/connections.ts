import { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "../errors";
import { isUsable } from "../status";
import type {
  AccessLog,
  AccessLogEntry,
  BegunAssumption,
  CredentialStorage,
  Encryptor,
  StoredConnection,
} from "../types";
import type { Connection, ConnectionSummary, PortalApi } from "./api";
import { PortalError } from "./portal-error";

/** What `createAssumer` takes besides a name. */
export interface PortalConnections {
  storage: CredentialStorage;
  encryptor: Encryptor;
  accessLog: AccessLog;
}

/**
 * The portal's connections, for a program that assumes customers' roles by its own AWS identity: it needs the portal's address, an API key with
 * `connections:read` and `connections:assume`, and no database. The portal writes each assumption into its access log before AWS is asked.
 */
export function portalConnections({ connections }: Pick<PortalApi, "connections">): PortalConnections {
  const rotated = new Map<string, AnnouncedIds>();
  return {
    storage: storageOver(connections, rotated),
    encryptor: asAnswered,
    accessLog: accessLogOver(connections, rotated),
  };
}

/** Two external IDs, in the order in which to try them. */
type AnnouncedIds = readonly [string, string];

type Connections = PortalApi["connections"];

/** Where a connection is kept nothing is encrypted: what the portal answers goes to AWS and stays in memory. */
const asAnswered: Encryptor = {
  encrypt: async (text) => bytesOf(text),
  decrypt: async (bytes) => Buffer.from(bytes).toString("utf8"),
};

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf8"));

function storageOver(connections: Connections, rotated: ReadonlyMap<string, AnnouncedIds>): CredentialStorage {
  const refuse = () =>
    Promise.reject(new CrossAccountError("input-invalid", "The portal's connections are changed by its API."));

  async function get(customerId: string, connectionId: string): Promise<StoredConnection | null> {
    const found = await orNull(connections.get(connectionId));
    return found?.customer === customerId ? stored(found, rotated.get(connectionId)) : null;
  }

  async function summariesOf(customer: string): Promise<ConnectionSummary[]> {
    const all: ConnectionSummary[] = [];
    for await (const summary of connections.list({ customer, limit: 100 })) all.push(summary);
    return all;
  }

  return {
    get,
    async list(customerId) {
      const all: StoredConnection[] = [];
      for (const summary of (await orNull(summariesOf(customerId))) ?? []) {
        // Only what may be used needs its role, which another request reads.
        const whole = isUsable(summary.status) ? await get(customerId, summary.id) : withoutRole(summary);
        if (whole) all.push(whole);
      }
      return all;
    },
    put: refuse,
    delete: refuse,
  };
}

async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PortalError && error.code === "not-found") return null;
    throw error;
  }
}

function withoutRole({ id, customer, account_id: accountId, region, status }: ConnectionSummary): StoredConnection {
  return { customerId: customer, connectionId: id, accountId, region, status, roleArn: null, externalId: bytesOf("") };
}

/** While the external ID is rotated there are two, of which the portal tells with each announcement. */
function stored(connection: Connection, announced: AnnouncedIds | undefined): StoredConnection {
  const { role_arn: roleArn, external_id: current } = connection;
  const next = announced?.find((externalId) => externalId !== current);
  return {
    ...withoutRole(connection),
    roleArn: roleArn === null ? null : bytesOf(roleArn),
    externalId: bytesOf(current),
    nextExternalId: next === undefined ? null : bytesOf(next),
    nextAccepted: next !== undefined && announced?.[0] === next,
  };
}

/** Announces each assumption before AWS is asked, and reports afterwards how it ended. */
function accessLogOver(connections: Connections, rotated: Map<string, AnnouncedIds>): AccessLog {
  /** IDs of announcements whose outcome is not reported yet, by connection and session. */
  const announced = new Map<string, string>();
  const keyOf = (connectionId: string, sessionName: string) => JSON.stringify([connectionId, sessionName]);

  async function begin({ connectionId, purpose, region }: BegunAssumption): Promise<{ sessionName: string }> {
    const made = await asRefusal(connections.createAssumption(connectionId, { purpose, region }));
    announced.set(keyOf(connectionId, made.session_name), made.id);
    if (made.other_external_id === null) rotated.delete(connectionId);
    else rotated.set(connectionId, [made.external_id, made.other_external_id]);
    return { sessionName: made.session_name };
  }

  async function report(entry: AccessLogEntry, sessionName: string): Promise<void> {
    const key = keyOf(entry.connectionId, sessionName);
    const id = announced.get(key);
    announced.delete(key);
    if (id === undefined)
      throw new CrossAccountError("access-log-failed", "No assumption was announced by this session's name.");
    const { outcome, errorCode, requestId, expiresAt } = entry;
    await connections.updateAssumption(entry.connectionId, id, {
      outcome,
      ...(errorCode && { error_code: errorCode }),
      ...(requestId && { sts_request_id: requestId }),
      ...(expiresAt && { expires_at: expiresAt.toISOString() }),
    });
  }

  return {
    begin,
    async record(entry) {
      if (entry.sessionName) return report(entry, entry.sessionName);
      // AWS was not asked. The portal refuses what may not be used, and enters that itself.
      const { sessionName } = await begin(entry).catch(passUnusable);
      if (sessionName) await report(entry, sessionName);
    },
  };
}

function passUnusable(error: unknown): { sessionName: string } {
  if (error instanceof CrossAccountError && error.code === "connection-unusable") return { sessionName: "" };
  throw error;
}

/** What the portal refuses an assumption with is what the library itself would have. */
async function asRefusal<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PortalError && isRefusal(error.code)) throw new CrossAccountError(error.code, error.message);
    throw error;
  }
}

function isRefusal(code: string): code is CrossAccountErrorCode {
  return Object.hasOwn(crossAccountErrors, code);
}
