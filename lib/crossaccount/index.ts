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
export type { CustomerIdentity } from "./client/read-identity";
export type {
  AccessAnswer,
  CrossAccountClient,
  CrossAccountClientOptions,
  GenerateIntegrationUrlInput,
  IntegrationUrl,
  ProbeAccessInput,
  ProbeRoleInput,
  RotationInput,
  StartedRotation,
  StartRotationInput,
  StoreCustomerCredentialsInput,
  StoredCredentials,
} from "./client/types";
export { configInputSchema } from "./config/config";
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
export { generateExternalId } from "./external-id";
export * from "./faces/config";
export * from "./faces/encryptors";
export * from "./faces/testing";
export type { PermissionProbe, ProbeSession } from "./grants/permission-probe";
export { revokeSessionsCommand, updateTrustCommand } from "./launch/iam-commands";
export { buildLaunchUrl, buildRevokeUrl, buildStackUrl, buildUpdateUrl } from "./launch/launch-link";
export {
  createStackCommand,
  deleteStackCommand,
  revertDriftCommand,
  updateStackCommand,
} from "./launch/stack-commands";
export { stackNames } from "./launch/stack-names";
export { uploadTemplate } from "./launch/upload-template";
export type { RandomBytes } from "./random";
export type { AnnounceAssumptionOptions, AnnouncedAssumption } from "./sessions/announce-assumption";
export type { AssumeCustomerRoleOptions } from "./sessions/session-request";
export type { IssuedCredentials } from "./sessions/sessions";
export type { ConnectionStatus, SetupPermissions, VerificationOutcome } from "./status";
export { connectionStatuses, isUsable, statusAfterVerification } from "./status";
export { templateVersionOfRole } from "./template";
export type {
  AccessLogSource,
  Actor,
  ActorType,
  BegunAssumption,
  Check,
  CheckId,
  CheckProgress,
  CheckStatus,
  Confidence,
  ConnectionRegistry,
  ConnectionScope,
  ConnectionWatch,
  Evidence,
  RemedyWay,
  RolePicture,
  RotationSight,
  StoredExternalIds,
  VerificationReport,
} from "./types";
export { ACCESS_LOG_SOURCES, ACTOR_TYPES, CHECK_IDS } from "./types";
export type { VerifyIntegrationInput } from "./verification/request";
export { type RotationState, rotationState } from "./verification/rotation-state";
