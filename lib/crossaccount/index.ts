export { createMemoryAccessLog, type MemoryAccessLog } from "./access-log/memory-access-log";
export { formatRoleArn, isRoleName, parseRoleArn, type RoleArnParts, roleArnFor, roleIdentity } from "./arn";
export type { AwsAccess, AwsCredentialProvider, AwsCredentials, AwsSettings } from "./aws-clients";
export { checkTitles, showRoleArn } from "./checks/check";
export { type AwsFailure, classifyError } from "./classify-error";
export { createCrossAccountClient } from "./client";
export type {
  AssumeCustomerRoleOptions,
  CrossAccountClient,
  CrossAccountClientOptions,
  GenerateIntegrationUrlInput,
  IntegrationUrl,
  ProbeRoleInput,
  StoreCustomerCredentialsInput,
  StoredCredentials,
  VerifyIntegrationInput,
} from "./client-types";
export {
  type AuditSettings,
  type Branding,
  type ConfigOverrides,
  type CrossAccountConfig,
  type CrossAccountConfigInput,
  configInputSchema,
  configuredPartitions,
  configWarnings,
  defineConfig,
  type PartitionSettings,
  parseConfig,
  partitionSettings,
  withOverrides,
} from "./config";
export { durationSeconds } from "./config-schema";
export { isUsable, statusAfterVerification } from "./connection-status";
export {
  type CauseText,
  causeTexts,
  DIAGNOSIS_CAUSES,
  type Diagnosis,
  type DiagnosisCause,
  type DiagnosisContext,
  type DiagnosisInput,
  diagnose,
  diagnosisTable,
  type RankedCause,
} from "./diagnosis";
export { createDigester, type Digester } from "./encryptor/digest";
export { createKmsEncryptor, type KmsEncryptorOptions } from "./encryptor/kms-encryptor";
export { createLocalEncryptor, type LocalKey } from "./encryptor/local-encryptor";
export { createMemoryEncryptor } from "./encryptor/memory-encryptor";
export { CrossAccountError, type CrossAccountErrorCode, crossAccountErrorCodes } from "./errors";
export { generateExternalId } from "./external-id";
export { buildLaunchUrl, buildUpdateUrl } from "./launch-link";
export { isPartition, type Partition, partitionFacts, partitionNames, partitionOfRegion } from "./partition";
export type { Permission, PermissionEffect, PermissionPhase, PermissionRisk, PolicyCondition } from "./permission";
export type { PermissionProbe, ProbeSession } from "./permission-probe";
export { type ReviewedPermission, type ReviewedStack, reviewPermissions } from "./permission-review";
export type { RandomBytes } from "./random";
export { commonRegions, type Region, regionDisplayName } from "./region";
export type { RolePicture } from "./role-picture";
export type { ConnectionWatch } from "./sessions/status-trust";
export { createStackCommand, updateStackCommand } from "./stack-commands";
export { stackNames } from "./stack-names";
export { createMemoryStorage } from "./storage/memory-storage";
export {
  defaultRoleName,
  expectedPolicies,
  expectedTrustPolicy,
  type ParameterName,
  parameterNames,
  renderTemplate,
  setupExpiry,
  stackParameters,
  templateVersion,
  templateVersionOfRole,
} from "./template";
export type {
  AccessLog,
  AccessLogEntry,
  Actor,
  Check,
  CheckId,
  CheckProgress,
  CheckStatus,
  Confidence,
  ConnectionRegistry,
  ConnectionScope,
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
export { uploadTemplate } from "./upload-template";
