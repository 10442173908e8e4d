export {
  buildTemplate,
  renderTemplate,
  type TemplateDocument,
  templateVersion,
  templateVersionOfRole,
} from "./document";
export {
  type ExpectedPolicies,
  type ExpectedPolicy,
  type ExpectedRole,
  expectedPolicies,
  expectedTrustPolicy,
} from "./expected";
export {
  defaultRoleName,
  type ParameterName,
  parameterNames,
  type StackParameters,
  setupExpiry,
  stackParameters,
} from "./parameters";
export type {
  PolicyDocument,
  PolicyStatement,
  StatementCondition,
  TrustPolicyDocument,
  TrustStatement,
} from "./policy-types";
export { reservedSids } from "./self-read";
