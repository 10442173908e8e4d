import type { ManagedPolicyGrant, Permission, PermissionPhase, PhaseGrants, RoleDeclaration } from "./permission";

/** What the stack grants together, or not at all: a phase, of the role itself or of a feature. */
export interface GrantPart {
  readonly phase: PermissionPhase;
  /** Id of the feature that it belongs to. */
  readonly feature?: string;
  readonly permissions: readonly Permission[];
  readonly managedPolicies: readonly ManagedPolicyGrant[];
}

/** All parts of a declaration, those of the role itself first. */
export function grantParts(config: RoleDeclaration): readonly GrantPart[] {
  return [...phases(config), ...config.features.flatMap((feature) => phases(feature, feature.id))];
}

function phases(grants: PhaseGrants, feature?: string): GrantPart[] {
  const of = feature === undefined ? {} : { feature };
  return [
    { phase: "ongoing", ...of, permissions: grants.ongoingPermissions, managedPolicies: grants.ongoingManagedPolicies },
    { phase: "setup", ...of, permissions: grants.setupPermissions, managedPolicies: grants.setupManagedPolicies },
  ];
}

/** Whether the part belongs to the role itself or to one of the features. */
export function isChosen(features: readonly string[]): (part: { readonly feature?: string }) => boolean {
  return ({ feature }) => feature === undefined || features.includes(feature);
}

export function featureIds(config: Pick<RoleDeclaration, "features">): readonly string[] {
  return config.features.map(({ id }) => id);
}

export function defaultFeatures(config: Pick<RoleDeclaration, "features">): readonly string[] {
  return config.features.flatMap((feature) => (feature.default ? [feature.id] : []));
}
