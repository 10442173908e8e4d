/** `crossaccount/config`: the vendor's declaration, its template and its review. No AWS SDK. */
export {
  type AuditSettings,
  type Branding,
  type ConfigOverrides,
  type CrossAccountConfig,
  type CrossAccountConfigInput,
  configuredPartitions,
  configWarnings,
  defineConfig,
  type PartitionSettings,
  parseConfig,
  partitionSettings,
  type RotationSettings,
  withOverrides,
} from "../config/config";
export { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "../errors";
export type {
  Permission,
  PermissionEffect,
  PermissionPhase,
  PermissionRisk,
  PolicyCondition,
} from "../grants/permission";
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
} from "../template";
export {
  type ReviewedManagedPolicy,
  type ReviewedPermission,
  type ReviewedStack,
  reviewBoundary,
  reviewManagedPolicies,
  reviewPermissions,
} from "../template/permission-review";
export { type ReviewDocument, reviewDocument } from "../template/review-document";
export { reviewMarkdown } from "../template/review-markdown";
export { verdictFacts } from "../template/verdict-facts";
export { type Claim, type Verdict, type VerdictFacts, verdictOf } from "../verdict";
