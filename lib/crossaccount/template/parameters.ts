import { partitionOfRegion } from "../aws/partition";
import { type CrossAccountConfig, configuredPartitions, partitionSettings } from "../config/config";
import { externalIdPattern } from "../external-id";
import { defaultFeatures, featureIds } from "../grants/parts";
import { expiredSetup } from "../grants/values";

export const parameterNames = [
  "ExternalId",
  "ServiceAccountId",
  "RoleName",
  "SetupPhase",
  "SetupExpiresAt",
  "PermissionsBoundaryArn",
] as const;

export type ParameterName = (typeof parameterNames)[number] | `Feature${string}`;

export function featureParameter(id: string): `Feature${string}` {
  return `Feature${id}`;
}

/** What an update to the template of a config says of its parameters. No feature that is new to a stack is granted by that. */
export function templateParameters(config: Pick<CrossAccountConfig, "features">) {
  const features = featureIds(config).map(featureParameter);
  return {
    parameters: [...parameterNames, ...features],
    whereNew: Object.fromEntries(features.map((name) => [name, "false"])),
  };
}

export interface StackParameters {
  readonly region: string;
  readonly externalId: string;
  readonly roleName: string;
  readonly setupPhase: boolean;
  readonly setupExpiresAt: string;
  readonly permissionsBoundaryArn?: string;
  /** Ids of those chosen; the config's defaults unless given. */
  readonly features?: readonly string[];
}

/**
 * Values for a launch link or a command.
 * @throws CrossAccountError `partition-not-configured`
 */
export function stackParameters(config: CrossAccountConfig, stack: StackParameters): Record<ParameterName, string> {
  const { serviceAccountId } = partitionSettings(config, partitionOfRegion(stack.region) ?? "aws");
  const chosen = stack.features ?? defaultFeatures(config);
  return {
    ExternalId: stack.externalId,
    ServiceAccountId: serviceAccountId,
    RoleName: stack.roleName,
    SetupPhase: stack.setupPhase ? "true" : "false",
    SetupExpiresAt: stack.setupExpiresAt,
    PermissionsBoundaryArn: stack.permissionsBoundaryArn ?? "",
    ...Object.fromEntries(featureIds(config).map((id) => [featureParameter(id), String(chosen.includes(id))])),
  };
}

/** When the setup permissions of a stack launched now end, in the form that the template takes. */
export function setupExpiry(config: Pick<CrossAccountConfig, "setupExpiresAfterSeconds">, now: Date): string {
  return new Date(now.getTime() + config.setupExpiresAfterSeconds * 1_000).toISOString().replace(/\.\d+Z$/, "Z");
}

export function defaultRoleName({ serviceName, role }: Pick<CrossAccountConfig, "serviceName" | "role">): string {
  return role.name ?? `${serviceName}-CrossAccountRole`;
}

/** The template's Parameters section. ExternalId is not NoEcho: launch links cannot fill in what is. */
export function parameterDeclarations(config: CrossAccountConfig): Record<ParameterName, object> {
  const externalIdLength = config.externalIdPrefix.length + 33;
  const accounts = configuredPartitions(config).map(
    (partition) => partitionSettings(config, partition).serviceAccountId,
  );
  return {
    ExternalId: {
      Type: "String",
      Description: "Identifies this connection. Leave it as it is: the connection works with exactly this value.",
      MinLength: externalIdLength,
      MaxLength: externalIdLength,
      AllowedPattern: externalIdPattern(config.externalIdPrefix),
      ConstraintDescription: `must be the external ID shown in the wizard, beginning with ${config.externalIdPrefix}-`,
    },
    ServiceAccountId: {
      Type: "String",
      Description: "The vendor's AWS account, which the role trusts. No other account is accepted.",
      Default: config.serviceAccountId,
      AllowedValues: [...new Set(accounts)],
      ConstraintDescription: "must be the vendor's own AWS account",
    },
    RoleName: {
      Type: "String",
      Description: "Name of the role. The wizard expects the one it filled in.",
      Default: defaultRoleName(config),
      MinLength: 1,
      MaxLength: 64,
      AllowedPattern: "^[A-Za-z0-9_+=,.@-]+$",
      ConstraintDescription: "must be 1 to 64 letters, digits and _+=,.@- characters",
    },
    SetupPhase: {
      Type: "String",
      Description: "true while the connection is being set up; false removes the setup permissions.",
      Default: "true",
      AllowedValues: ["true", "false"],
    },
    SetupExpiresAt: {
      Type: "String",
      Description: "When the setup permissions end by themselves (UTC). A time that is past grants none.",
      Default: expiredSetup,
      AllowedPattern: "^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$",
      ConstraintDescription: "must be a UTC time such as 2030-01-31T12:00:00Z",
    },
    PermissionsBoundaryArn: {
      Type: "String",
      Description: "Optional. ARN of the permissions boundary that your organization requires for roles.",
      Default: "",
      AllowedPattern: "^$|^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/[\\x21-\\x7e]+$",
      ConstraintDescription: "must be empty or the ARN of an IAM policy",
    },
    ...Object.fromEntries(
      config.features.map(({ id, title, why, default: chosen }) => [
        featureParameter(id),
        {
          Type: "String",
          Description: `${title}: ${why} true grants its permissions.`,
          Default: String(chosen),
          AllowedValues: ["true", "false"],
        },
      ]),
    ),
  };
}
