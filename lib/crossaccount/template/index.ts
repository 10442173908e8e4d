export { defaultFeatures, featureIds, grantParts, isChosen } from "../grants/parts";
export {
  featuresOfRole,
  hasCustomersBoundary,
  renderTemplate,
  stackNameOfRole,
  templateVersion,
  templateVersionOfRole,
} from "./document";
export {
  type ExpectedBoundary,
  type ExpectedPolicy,
  type ExpectedRole,
  expectedPolicies,
  expectedSelfRead,
  expectedTrustPolicy,
} from "./expected";
export {
  defaultRoleName,
  featureParameter,
  type ParameterName,
  parameterNames,
  setupExpiry,
  stackParameters,
  templateParameters,
} from "./parameters";
