/** `crossaccount/assume`: uses stored connections and nothing else. Of AWS it brings STS alone. */
export type { AwsAccess, AwsCredentialProvider, AwsCredentials, AwsSettings } from "../aws/sts-clients";
export { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "../errors";
export { type Assumer, type AssumerOptions, createAssumer } from "../sessions/assumer";
export type { AssumeCustomerRoleOptions } from "../sessions/session-request";
export type { SessionTuning } from "../sessions/tuning";
export type {
  AccessLog,
  AccessLogEntry,
  Actor,
  ActorType,
  BegunAssumption,
  ConnectionWatch,
  CredentialStorage,
  EncryptedField,
  EncryptionContext,
  Encryptor,
  StoredConnection,
  StoredExternalIds,
} from "../types";
