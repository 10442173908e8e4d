export { type AwsFailure, type AwsFailureKind, awsFailureKinds, classifyError } from "./aws/classify-error";
export { isPartition, type Partition, partitionFacts, partitionNames, partitionOfRegion } from "./aws/partition";
export { commonRegions, type Region, regionDisplayName } from "./aws/region";
export {
  formatRoleArn,
  isRoleName,
  parseRoleArn,
  type RoleArnParts,
  roleArnFor,
  roleIdentity,
  rolePath,
} from "./aws/role-arn";
export type { AwsAccess, AwsCredentialProvider, AwsCredentials, AwsSettings } from "./aws/sts-clients";
export { unknownAwsNames } from "./aws/unknown-names";
export { checkTitles } from "./checks/check";
export { showRoleArn, showRoleArnIn } from "./checks/redaction";
export { createCrossAccountClient } from "./client/client";
export type {
  CrossAccountClient,
  CrossAccountClientOptions,
  GenerateIntegrationUrlInput,
  IntegrationUrl,
  ProbeRoleInput,
  StoreCustomerCredentialsInput,
  StoredCredentials,
} from "./client/types";
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
} from "./config/config";
export { durationSeconds } from "./config/schema";
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
  rankFindings,
} from "./diagnosis";
export { createDigester, type Digester } from "./encryptor/digest";
export { createKmsEncryptor, type KmsEncryptorOptions } from "./encryptor/kms-encryptor";
export { createLocalEncryptor, type LocalKey } from "./encryptor/local-encryptor";
export { createMemoryEncryptor } from "./encryptor/memory-encryptor";
export { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "./errors";
export { generateExternalId } from "./external-id";
export type {
  Permission,
  PermissionEffect,
  PermissionPhase,
  PermissionRisk,
  PolicyCondition,
} from "./grants/permission";
export type { PermissionProbe, ProbeSession } from "./grants/permission-probe";
export { buildLaunchUrl, buildStackUrl, buildUpdateUrl } from "./launch/launch-link";
export { createStackCommand, deleteStackCommand, updateStackCommand } from "./launch/stack-commands";
export { stackNames } from "./launch/stack-names";
export { uploadTemplate } from "./launch/upload-template";
export type { RandomBytes } from "./random";
export type { AssumeCustomerRoleOptions } from "./sessions/session-request";
export type { ConnectionStatus, SetupPermissions, VerificationOutcome } from "./status";
export { connectionStatuses, isUsable, statusAfterVerification } from "./status";
export { createMemoryAccessLog, type MemoryAccessLog } from "./storage/memory-access-log";
export { createMemoryStorage } from "./storage/memory-storage";
export {
  defaultRoleName,
  expectedPolicies,
  expectedTrustPolicy,
  featureParameter,
  type ParameterName,
  parameterNames,
  renderTemplate,
  setupExpiry,
  stackParameters,
  templateVersion,
  templateVersionOfRole,
} from "./template";
export {
  type ReviewedManagedPolicy,
  type ReviewedPermission,
  type ReviewedStack,
  reviewBoundary,
  reviewManagedPolicies,
  reviewPermissions,
} from "./template/permission-review";
export { type ReviewDocument, reviewDocument } from "./template/review-document";
export { reviewMarkdown } from "./template/review-markdown";
export { verdictFacts } from "./template/verdict-facts";
export type {
  AccessLog,
  AccessLogEntry,
  Actor,
  ActorType,
  Check,
  CheckId,
  CheckProgress,
  CheckStatus,
  Confidence,
  ConnectionRegistry,
  ConnectionScope,
  ConnectionWatch,
  CredentialStorage,
  EncryptedField,
  EncryptionContext,
  Encryptor,
  Evidence,
  RemedyWay,
  RolePicture,
  StoredConnection,
  VerificationReport,
} from "./types";
export { ACTOR_TYPES, CHECK_IDS } from "./types";
export { type Claim, type Verdict, type VerdictFacts, verdictOf } from "./verdict";
export type { VerifyIntegrationInput } from "./verification/request";
