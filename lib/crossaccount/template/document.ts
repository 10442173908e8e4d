import { createHash } from "node:crypto";
import { rolePath } from "../aws/role-arn";
import { type CrossAccountConfig, configuredPartitions, partitionSettings } from "../config/config";
import { CrossAccountError } from "../errors";
import { type Boundary, boundaryOf, boundarySuffix } from "../grants/boundary";
import { featureIds } from "../grants/parts";
import { type AttachedPolicy, attachedPolicies, type PhasePolicy, phasePolicies } from "../grants/policies";
import { trustPolicy } from "../grants/statements";
import { join, ref, type TemplateValue, templateValues, trustedPrincipalsMap, vendorAccountsMap } from "./intrinsics";
import { featureParameter, parameterDeclarations, parameterNames } from "./parameters";

export interface TemplateDocument {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Metadata: Record<string, unknown>;
  readonly Parameters: Record<string, object>;
  readonly Mappings: Record<string, object>;
  readonly Conditions: Record<string, object>;
  readonly Resources: Record<
    string,
    { readonly Type: string; readonly Condition?: string; readonly Properties: object }
  >;
  readonly Outputs: Record<string, { readonly Description: string; readonly Value: TemplateValue }>;
}

const setupCondition = "IncludeSetupPermissions";
const boundaryCondition = "HasPermissionsBoundary";
const ownBoundaryCondition = "HasOwnPermissionsBoundary";
const boundaryId = "BoundaryPolicy";
const roleId = "CrossAccountRole";
const noValue = ref("AWS::NoValue");
/** What CloudFormation takes from S3 (CloudFormation User Guide, cloudformation-limits). */
const mostBytes = 1_048_576;
const customersBoundary = "; permissions boundary by parameter";
const stackInDescription = /; stack ([A-Za-z][A-Za-z0-9-]{0,127})$/;
const versionInDescription = /\btemplate version ([0-9a-f]{12})\b/;

/**
 * The CloudFormation document of a config: the same for every customer, Region and partition.
 * @throws CrossAccountError `template-too-large`
 */
export function buildTemplate(config: CrossAccountConfig): TemplateDocument {
  return documentWithVersion(config, templateVersion(config));
}

/**
 * The document as it is uploaded, printed and offered for download.
 * @throws CrossAccountError `template-too-large`
 */
export function renderTemplate(config: CrossAccountConfig): string {
  const text = `${JSON.stringify(buildTemplate(config), null, 2)}\n`;
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return text;
  throw new CrossAccountError(
    "template-too-large",
    `The template would have ${bytes} bytes, and CloudFormation takes ${mostBytes}. Name fewer resources and values, with wildcards where that is safe.`,
  );
}

/**
 * 12 hex digits that change whenever AWS would make another role of the same values: with roles, policies and what parameters
 * take, not with what the template tells people.
 */
export function templateVersion(config: CrossAccountConfig): string {
  const { Parameters, Mappings, Conditions, Resources } = documentWithVersion(config, "000000000000");
  const content = JSON.stringify({ Parameters: withoutTexts(Parameters), Mappings, Conditions, Resources });
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

function withoutTexts(parameters: TemplateDocument["Parameters"]): Record<string, object> {
  const texts = { Description: undefined, ConstraintDescription: undefined };
  return Object.fromEntries(Object.entries(parameters).map(([name, rules]) => [name, { ...rules, ...texts }]));
}

/** The features that a stack's role was made with, from its description; nothing where no stack made it. */
export function featuresOfRole(description: string | undefined): readonly string[] | undefined {
  if (templateVersionOfRole(description) === undefined) return undefined;
  return [...(description ?? "").matchAll(/; feature ([A-Za-z0-9]{1,40})(?=;|$)/g)].flatMap(([, id]) => id ?? []);
}

/** Whether the customer's stack names a boundary that takes the place of the template's own, from the role's description. */
export function hasCustomersBoundary(description: string | undefined): boolean {
  return (description ?? "").includes(customersBoundary);
}

/** The version that a role was made with, from its description. */
export function templateVersionOfRole(description: string | undefined): string | undefined {
  return versionInDescription.exec(description ?? "")?.[1];
}

/** The stack that made a role, from its description. */
export function stackNameOfRole(description: string | undefined): string | undefined {
  return stackInDescription.exec(description ?? "")?.[1];
}

function documentWithVersion(config: CrossAccountConfig, version: string): TemplateDocument {
  const policies = phasePolicies(config, templateValues);
  const attached = attachedPolicies(config, templateValues);
  const hasSetup = [...policies, ...attached].some(({ phase }) => phase === "setup");
  const boundary = boundaryOf(config, templateValues);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `Lets ${config.branding.productName} reach this AWS account through a role with an external ID.`,
    Metadata: metadata(config, version),
    Parameters: parameterDeclarations(config),
    Mappings: mappings(config),
    Conditions: {
      [setupCondition]: { "Fn::Equals": [ref("SetupPhase"), "true"] },
      [boundaryCondition]: { "Fn::Not": [{ "Fn::Equals": [ref("PermissionsBoundaryArn"), ""] }] },
      ...(boundary &&
        "document" in boundary && {
          [ownBoundaryCondition]: { "Fn::Equals": [ref("PermissionsBoundaryArn"), ""] },
        }),
      ...featureConditions(config, [...policies, ...attached]),
    },
    Resources: {
      [roleId]: { Type: "AWS::IAM::Role", Properties: roleProperties(config, policies, attached, boundary, version) },
      ...(boundary &&
        "document" in boundary && {
          [boundaryId]: {
            Type: "AWS::IAM::ManagedPolicy",
            Condition: ownBoundaryCondition,
            Properties: policyProperties(config, { suffix: boundarySuffix, document: boundary.document }),
          },
        }),
      ...Object.fromEntries(
        policies.filter(({ inline }) => !inline).map((policy) => [logicalId(policy), policyResource(config, policy)]),
      ),
    },
    Outputs: outputs(
      config,
      hasSetup,
      attached.some(({ phase }) => phase === "setup"),
    ),
  };
}

/** A condition for each feature, and one for its setup where it has any: AWS's linter wants no condition without a use. */
function featureConditions(config: CrossAccountConfig, policies: readonly Granted[]): Record<string, object> {
  return Object.fromEntries(
    featureIds(config).flatMap((id) => {
      const chosen = { "Fn::Equals": [ref(featureParameter(id)), "true"] };
      const duringSetup = policies.some(({ phase, feature }) => feature === id && phase === "setup");
      const both = { "Fn::And": [{ Condition: setupCondition }, { Condition: featureCondition(id) }] };
      return [
        [featureCondition(id), chosen] as const,
        ...(duringSetup ? [[featureSetupCondition(id), both] as const] : []),
      ];
    }),
  );
}

type Granted = Pick<PhasePolicy<unknown>, "phase" | "feature">;

const featureCondition = (id: string) => `HasFeature${id}`;
const featureSetupCondition = (id: string) => `SetsUpFeature${id}`;

/** Under which condition the stack grants it; always without one. */
function conditionOf({ phase, feature }: Granted): string | undefined {
  if (feature === undefined) return phase === "setup" ? setupCondition : undefined;
  return phase === "setup" ? featureSetupCondition(feature) : featureCondition(feature);
}

function whenGranted<T>(granted: Granted, value: T) {
  const condition = conditionOf(granted);
  return condition === undefined ? value : { "Fn::If": [condition, value, noValue] };
}

function metadata(config: CrossAccountConfig, version: string): Record<string, unknown> {
  const [externalId, account, role, ...setup] = parameterNames;
  const groups = [
    { Label: { default: "The connection (leave as it is)" }, Parameters: [externalId, account, role] },
    { Label: { default: "Setup and organization" }, Parameters: setup },
    ...(config.features.length > 0
      ? [{ Label: { default: "Features" }, Parameters: featureIds(config).map(featureParameter) }]
      : []),
  ];
  return { "AWS::CloudFormation::Interface": { ParameterGroups: groups }, CrossAccount: { TemplateVersion: version } };
}

function mappings(config: CrossAccountConfig): Record<string, object> {
  const sides = configuredPartitions(config).map((name) => ({ name, ...partitionSettings(config, name) }));
  const byPartition = (entry: (side: (typeof sides)[number]) => object) =>
    Object.fromEntries(sides.map((side) => [side.name, entry(side)]));
  return {
    [vendorAccountsMap]: byPartition(({ serviceAccountId }) => ({ [serviceAccountId]: serviceAccountId })),
    ...(config.trustedPrincipalArns.length > 0 && {
      [trustedPrincipalsMap]: byPartition(({ trustedPrincipalArns }) => ({ RoleArns: trustedPrincipalArns })),
    }),
  };
}

function roleProperties(
  config: CrossAccountConfig,
  policies: readonly PhasePolicy<TemplateValue>[],
  attached: readonly AttachedPolicy<TemplateValue>[],
  boundary: Boundary<TemplateValue> | undefined,
  version: string,
) {
  const managed = policies.filter(({ inline }) => !inline);
  const inside = policies.filter(({ inline }) => inline);
  return {
    RoleName: ref("RoleName"),
    Path: rolePath(config),
    ...tagsOf(config),
    Description: roleDescription(config, version),
    MaxSessionDuration: Math.max(3_600, config.sessionDuration),
    AssumeRolePolicyDocument: trustPolicy(config, templateValues),
    // A role has one boundary. The customer's takes the place of the template's, because their organization may demand it.
    PermissionsBoundary: {
      "Fn::If": [boundaryCondition, ref("PermissionsBoundaryArn"), ownBoundary(boundary)],
    },
    // Attached from here and not from the policies, so that the role comes last: what can be assumed is complete.
    ManagedPolicyArns: [
      ...managed.map((policy) => whenGranted(policy, ref(logicalId(policy)))),
      ...attached.map((policy) => whenGranted(policy, policy.arn)),
    ],
    ...(inside.length > 0 && {
      Policies: inside.map((policy) =>
        whenGranted(policy, { PolicyName: join([ref("RoleName"), policy.suffix]), PolicyDocument: policy.document }),
      ),
    }),
  };
}

function ownBoundary(boundary: Boundary<TemplateValue> | undefined): TemplateValue {
  if (!boundary) return noValue;
  return "arn" in boundary ? boundary.arn : ref(boundaryId);
}

function tagsOf({ role: { tags = {} } }: CrossAccountConfig) {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length > 0 && { Tags: list };
}

/**
 * Says which features were chosen, whatever way, so that a verification can tell one that was not from one that lost its policies;
 * whether a boundary of the customer's is meant; and by what name the stack is found, which a customer may change in AWS's form. The
 * role may read itself.
 */
function roleDescription(config: CrossAccountConfig, version: string): TemplateValue {
  const chosen = featureIds(config).map(
    (id): TemplateValue => ({ "Fn::If": [featureCondition(id), `; feature ${id}`, ""] }),
  );
  const replaced: TemplateValue[] =
    config.role.boundary === undefined ? [] : [{ "Fn::If": [boundaryCondition, customersBoundary, ""] }];
  const made = `Lets ${config.serviceName} reach this account; template version ${version}`;
  return join([made, ...chosen, ...replaced, "; stack ", ref("AWS::StackName")]);
}

function policyResource(config: CrossAccountConfig, policy: PhasePolicy<TemplateValue>) {
  const condition = conditionOf(policy);
  return {
    Type: "AWS::IAM::ManagedPolicy",
    ...(condition !== undefined && { Condition: condition }),
    Properties: policyProperties(config, policy),
  };
}

function policyProperties(
  config: CrossAccountConfig,
  { suffix, document }: Pick<PhasePolicy<TemplateValue>, "suffix" | "document">,
) {
  return {
    ManagedPolicyName: join([ref("RoleName"), suffix]),
    Path: rolePath(config),
    PolicyDocument: document,
  };
}

/** `OngoingPolicy`, `SetupPolicy2`, `FeatureBackupsPolicySetup`, …: no two features come to the same. */
function logicalId({ suffix, feature }: PhasePolicy<TemplateValue>): string {
  if (feature === undefined) return suffix.replace(/^-([A-Za-z]+)(\d*)$/, "$1Policy$2");
  return `Feature${feature}Policy${suffix.slice(`-Feature-${feature}`.length).replaceAll("-", "")}`;
}

function outputs(config: CrossAccountConfig, hasSetup: boolean, hasEndless: boolean): TemplateDocument["Outputs"] {
  const { productName } = config.branding;
  const during = hasSetup
    ? [
        `Go back to ${productName}, which finds the role by itself. When it is set up, update this stack with SetupPhase=false; ${hasEndless ? "policies by AWS stay until then, the other" : "the"} setup permissions end by themselves at `,
        ref("SetupExpiresAt"),
        ".",
      ]
    : [
        `Go back to ${productName}, which finds the role by itself. There are no setup permissions to remove, so nothing ends at `,
        ref("SetupExpiresAt"),
        ".",
      ];
  return {
    RoleArn: { Description: "The role's ARN", Value: { "Fn::GetAtt": [roleId, "Arn"] } },
    ExternalId: { Description: "The external ID that the role requires", Value: ref("ExternalId") },
    NextSteps: {
      Description: "What to do next",
      Value: {
        "Fn::If": [setupCondition, join(during), `Nothing: ${productName} works with its ongoing permissions alone.`],
      },
    },
  };
}
