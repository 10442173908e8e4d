export { defaultFeatures, grantParts, isChosen } from "../grants/parts";
export { featuresOfRole, renderTemplate, stackNameOfRole, templateVersion, templateVersionOfRole } from "./document";
export {
  type ExpectedPolicy,
  type ExpectedRole,
  expectedPolicies,
  expectedTrustPolicy,
} from "./expected";
export {
  defaultRoleName,
  featureParameter,
  type ParameterName,
  parameterNames,
  setupExpiry,
  stackParameters,
} from "./parameters";
