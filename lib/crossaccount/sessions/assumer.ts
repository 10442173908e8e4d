import { type AwsCredentialProvider, type AwsSettings, createStsClients } from "../aws/sts-clients";
import { CrossAccountError } from "../errors";
import { requireText } from "../required-input";
import { checkedStorage } from "../storage/checked-storage";
import type { AccessLog, CredentialStorage, Encryptor } from "../types";
import type { AssumeCustomerRoleOptions, SessionDefaults } from "./session-request";
import { createSessions } from "./sessions";
import { completeTuning, type SessionTuning } from "./tuning";

export interface AssumerOptions extends SessionTuning {
  /** The actor of uses that name none: a service of this name. */
  serviceName: string;
  /** Seconds that a session lasts unless a use says otherwise; 3,600 unless given. */
  sessionDuration?: number;
  storage: CredentialStorage;
  encryptor: Encryptor;
  accessLog: AccessLog;
  aws?: AwsSettings;
}

export interface Assumer {
  /** As `assumeCustomerRole` of the whole client. */
  assumeCustomerRole(customerId: string, options: AssumeCustomerRoleOptions): AwsCredentialProvider;
  /** Drops a connection's sessions: the next use reads its status first. To be called when a connection changed. */
  invalidate(customerId: string, connectionId: string): void;
}

/**
 * Uses stored connections and does nothing else: no config, no template, no verification, and of AWS STS alone. For a worker or a
 * Lambda. Keep one for the life of the process: it keeps sockets and sessions.
 * @throws CrossAccountError `input-invalid` when storage, encryptor, access log or name is missing
 */
export function createAssumer(options: AssumerOptions): Assumer {
  requireWhole(options);
  const config: SessionDefaults = {
    serviceName: options.serviceName,
    sessionDuration: options.sessionDuration ?? 3_600,
  };
  const sessions = createSessions({
    config,
    storage: checkedStorage(options.storage),
    encryptor: options.encryptor,
    accessLog: options.accessLog,
    aws: createStsClients(options.aws),
    ...completeTuning(options),
  });
  return {
    assumeCustomerRole(customerId, use) {
      requireText("customerId", customerId);
      return sessions.provider(customerId, use);
    },
    invalidate: sessions.invalidate,
  };
}

/** JavaScript callers pass what they like; nothing here has a default that would be right in production. */
function requireWhole(options: AssumerOptions): void {
  const given: Partial<AssumerOptions> = typeof options === "object" && options !== null ? options : {};
  const missing = (["serviceName", "storage", "encryptor", "accessLog"] as const).filter((name) => !given[name]);
  if (missing.length > 0) throw new CrossAccountError("input-invalid", `createAssumer needs ${missing.join(", ")}.`);
}
