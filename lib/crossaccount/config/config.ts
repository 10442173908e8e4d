import { type Partition, partitionFacts } from "../aws/partition";
import { commonRegions } from "../aws/region";
import { CrossAccountError } from "../errors";
import { boundaryOf } from "../grants/boundary";
import type { Feature, ManagedPolicyGrant, Permission, RoleSettings } from "../grants/permission";
import { phasePolicies } from "../grants/policies";
import { longestValues } from "../grants/values";
import type { ConfigFault } from "./fault";
import { configFaults, faultMessage } from "./faults";
import { type CrossAccountConfigInput, configInputSchema, durationSeconds } from "./schema";
import { boundaryWarnings, permissionWarnings } from "./warnings";

export type { CrossAccountConfigInput } from "./schema";
export { configInputSchema } from "./schema";

/** How the vendor appears everywhere a customer looks. */
export interface Branding {
  readonly productName: string;
  readonly supportEmail: string;
  /** Where faults are reported, in /.well-known/security.txt; `supportEmail` unless given. */
  readonly securityEmail?: string;
  /** An https address, or the path of a picture that the portal serves itself. */
  readonly logoUrl?: string;
  /** A wide logo with the name in it, shown in place of `logoUrl` and the name. */
  readonly logoWide?: string;
  /** What stands in the dark theme for the logo that is shown in the light one. */
  readonly logoDark?: string;
  /** `#rrggbb`. */
  readonly accentColor?: string;
  readonly websiteUrl?: string;
  readonly documentationUrl?: string;
  readonly securityUrl?: string;
  readonly termsUrl?: string;
  readonly privacyUrl?: string;
}

/** How connections are watched once they are proven. Durations as declared, such as `1d`. */
export interface AuditSettings {
  /** Every connection is verified again this often. */
  readonly every: string;
  /** Sooner, after an audit that found trouble or got no answer. */
  readonly recheckAfter: string;
  /** A connection is broken after so many conclusive refusals in a row … */
  readonly brokenAfter: number;
  /** … the first and last of which lie at least this far apart. */
  readonly brokenWithin: string;
  /** The same for a check that fails while the role itself is proven. */
  readonly degradedAfter: number;
  readonly degradedWithin: string;
  /** What audits of all processes together may ask of STS; AWS allows an account 600 a second in a Region. */
  readonly stsCallsPerSecond: number;
  /** Audits of one customer that run at the same time, so that a large customer does not hold up small ones. */
  readonly atOncePerCustomer: number;
  /** Verifications are deleted after this; the last of each connection stays. */
  readonly keepFor: string;
  readonly remindOfSetupAfter: string;
  readonly remindOfWizardAfter: string;
}

/** How external IDs are rotated. Durations are such as `7d`, `12h` or `90m`. */
export interface RotationSettings {
  /** How long a new external ID waits for the customer to use it. */
  readonly expiresAfter: string;
  /** The age of an external ID at which its customer is reminded to rotate it; nobody is without one. */
  readonly remindAfter?: string | undefined;
}

/** The vendor's own side of one partition: its account there, its bucket, who of its identities may assume roles. */
export interface PartitionSettings {
  readonly serviceAccountId: string;
  readonly templateS3Bucket: string;
  /** Where the bucket lives and what the wizard offers first. */
  readonly defaultRegion: string;
  /** Regions that a customer may choose. */
  readonly regions: readonly string[];
  /** Vendor role ARNs; empty means that any identity of the vendor's account may assume, as its own policies allow. */
  readonly trustedPrincipalArns: readonly string[];
}

/** The vendor's validated, frozen declaration. The top level holds the settings of the partition `aws`. */
export interface CrossAccountConfig extends PartitionSettings {
  readonly serviceName: string;
  readonly partitions: Readonly<Partial<Record<Exclude<Partition, "aws">, PartitionSettings>>>;
  /** Seconds. */
  readonly sessionDuration: number;
  /** External IDs are this, a hyphen and 32 hex digits. */
  readonly externalIdPrefix: string;
  readonly ongoingPermissions: readonly Permission[];
  readonly setupPermissions: readonly Permission[];
  /** Policies by AWS that are attached as they are. */
  readonly ongoingManagedPolicies: readonly ManagedPolicyGrant[];
  readonly setupManagedPolicies: readonly ManagedPolicyGrant[];
  readonly role: RoleSettings;
  /** Permissions that a customer may choose. */
  readonly features: readonly Feature[];
  /** As declared, such as `7d`. */
  readonly setupExpiresAfter: string;
  readonly setupExpiresAfterSeconds: number;
  readonly audits: AuditSettings;
  readonly rotation: RotationSettings;
  readonly branding: Branding;
}

/** Settings that a deployment may replace without touching the config file. */
export type ConfigOverrides = Partial<
  Pick<
    CrossAccountConfig,
    "serviceName" | "serviceAccountId" | "templateS3Bucket" | "defaultRegion" | "sessionDuration" | "externalIdPrefix"
  >
>;

/**
 * Checks the vendor's declaration and fills in the defaults.
 * @throws CrossAccountError `config-invalid`, naming every fault at once, each with its path; `template-too-large` when the
 * permissions do not fit into what IAM allows a role
 */
export function defineConfig(input: CrossAccountConfigInput): CrossAccountConfig {
  return parseConfig(input);
}

/** `defineConfig` for input of unknown shape, such as JSON. */
export function parseConfig(input: unknown): CrossAccountConfig {
  const faults = configFaults(input);
  const result = configInputSchema.safeParse(input);
  if (faults.length > 0 || !result.success) throw new CrossAccountError("config-invalid", faultMessage(faults));
  const config = complete(result.data);
  phasePolicies(config, longestValues);
  boundaryOf(config, longestValues);
  return deepFreeze(config);
}

/** What a config asks for more broadly than it may need, each with its path; nothing that stops the start. */
export function configWarnings(config: CrossAccountConfig): readonly ConfigFault[] {
  return [
    ...permissionWarnings(["ongoingPermissions"], config.ongoingPermissions),
    ...permissionWarnings(["setupPermissions"], config.setupPermissions),
    ...config.features.flatMap((feature, index) => [
      ...permissionWarnings(["features", index, "ongoingPermissions"], feature.ongoingPermissions),
      ...permissionWarnings(["features", index, "setupPermissions"], feature.setupPermissions),
    ]),
    ...boundaryWarnings(config.role.boundary),
  ];
}

/** The same config with some settings replaced, validated as a whole again. An undefined override changes nothing. */
export function withOverrides(config: CrossAccountConfig, overrides: ConfigOverrides): CrossAccountConfig {
  const { setupExpiresAfterSeconds: _derived, externalIdPrefix, ...declared } = config;
  const prefix = externalIdPrefix === defaultPrefix(config.serviceName) ? {} : { externalIdPrefix };
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return parseConfig({ ...declared, ...prefix, ...given });
}

/**
 * The vendor's settings in a partition.
 * @throws CrossAccountError `partition-not-configured`
 */
export function partitionSettings(config: CrossAccountConfig, partition: Partition): PartitionSettings {
  const settings = partition === "aws" ? config : config.partitions[partition];
  if (settings) return settings;
  throw new CrossAccountError(
    "partition-not-configured",
    `${config.branding.productName} does not serve ${partitionFacts[partition].displayName} (${partition}): it has no account there. Choose another Region, or ask ${config.branding.supportEmail}.`,
  );
}

/** Partitions that the vendor serves, `aws` first. */
export function configuredPartitions(config: CrossAccountConfig): readonly Partition[] {
  return ["aws", ...(Object.keys(config.partitions) as Exclude<Partition, "aws">[]).sort()];
}

type ParsedConfig = ReturnType<typeof configInputSchema.parse>;
type ParsedPartition = Pick<ParsedConfig, "serviceAccountId" | "templateS3Bucket"> &
  Partial<Pick<ParsedConfig, "defaultRegion" | "regions" | "trustedPrincipalArns">>;

function complete(parsed: ParsedConfig): CrossAccountConfig {
  const others = Object.entries(parsed.partitions).flatMap(([name, settings]) =>
    settings ? [[name, completePartition(name as Partition, settings)] as const] : [],
  );
  return {
    ...parsed,
    ...completePartition("aws", parsed),
    partitions: Object.fromEntries(others),
    externalIdPrefix: parsed.externalIdPrefix ?? defaultPrefix(parsed.serviceName),
    setupExpiresAfterSeconds: durationSeconds(parsed.setupExpiresAfter),
  };
}

function completePartition(partition: Partition, parsed: ParsedPartition): PartitionSettings {
  const defaultRegion = parsed.defaultRegion ?? partitionFacts[partition].defaultRegion;
  const common = commonRegions(partition).map((region) => region.code);
  return {
    serviceAccountId: parsed.serviceAccountId,
    templateS3Bucket: parsed.templateS3Bucket,
    defaultRegion,
    regions: parsed.regions ?? [...new Set([...common, defaultRegion])],
    trustedPrincipalArns: parsed.trustedPrincipalArns ?? [],
  };
}

function defaultPrefix(serviceName: string): string {
  return serviceName.toLowerCase().slice(0, 31);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
