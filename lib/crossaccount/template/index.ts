export { renderTemplate, stackNameOfRole, templateVersion, templateVersionOfRole } from "./document";
export { type ExpectedPolicy, expectedPolicies, expectedTrustPolicy } from "./expected";
export {
  defaultRoleName,
  type ParameterName,
  parameterNames,
  setupExpiry,
  stackParameters,
} from "./parameters";
