export type {
  AssumeCustomerRoleOptions,
  AwsAccess,
  AwsSettings,
  CrossAccountClient,
  CrossAccountClientOptions,
  GenerateIntegrationUrlInput,
  IntegrationUrl,
  StoreCustomerCredentialsInput,
  VerifyIntegrationInput,
} from "./client-types";
export { isUsable, statusAfterVerification } from "./connection-status";
export type {
  AccessLog,
  AccessLogEntry,
  Actor,
  Check,
  CheckId,
  CheckProgress,
  CheckStatus,
  Confidence,
  ConnectionStatus,
  CredentialStorage,
  EncryptedField,
  EncryptionContext,
  Encryptor,
  Evidence,
  SetupPermissionsState,
  StoredConnection,
  VerificationOutcome,
  VerificationReport,
} from "./types";
export { CHECK_IDS, CONNECTION_STATUSES } from "./types";
