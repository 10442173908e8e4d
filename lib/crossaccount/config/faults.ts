import type { z } from "zod";
import type { PermissionPhase } from "../grants/permission";
import { policyBoundaryFault, statementBoundaryFaults } from "./boundary-faults";
import { type ConfigFault, fault, type Path } from "./fault";
import { managedPolicyFaults } from "./managed-policy-faults";
import { partitionFaults } from "./partition-faults";
import {
  actionFaults,
  breadthFaults,
  contradictionFaults,
  escalationFaults,
  expiryFaults,
  probeCountFaults,
  probeFaults,
  selfEscalationFaults,
  sidFaults,
} from "./permission-faults";
import { boundarySchema } from "./permission-schema";
import { boundaryPath, type PlacedPermission, readBoundary, readPermissions } from "./placed-permission";
import { isRecord, readList } from "./records";
import { configInputSchema } from "./schema";

/** Everything that is wrong with a declaration: of single settings, and between them as far as those can be read. */
export function configFaults(input: unknown): readonly ConfigFault[] {
  const result = configInputSchema.safeParse(input, { error: plainWords });
  const single = result.success ? [] : result.error.issues.flatMap(faultsOfIssue);
  const readable = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  return [...single, ...faultsBetweenSettings(readable)];
}

export function faultMessage(faults: readonly ConfigFault[]): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const lines = faults.map(({ path, message }) => `  - ${path}: ${message}`);
  return [`The crossaccount configuration has ${count}. Correct it and start again:`, ...lines].join("\n");
}

function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type" && issue.input === undefined) return "is missing";
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}`;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map((value) => `"${String(value)}"`).join(", ")}`;
  return undefined;
}

function article(expected: string): string {
  const names: Record<string, string> = { string: "text", object: "an object", array: "a list", int: "a whole number" };
  return names[expected] ?? `a ${expected}`;
}

function faultsOfIssue(issue: z.core.$ZodIssue): ConfigFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => fault([...issue.path, key], "is not a known setting; check its spelling"));
  }
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => fault(issue.path, message));
  if (issue.code === "invalid_union") {
    // What is wrong with it as the kind of value that it is, where it is one of the kinds.
    const meant = issue.errors.find((issues) => !issues.some(({ path }) => path.length === 0));
    if (meant) return meant.flatMap((one) => faultsOfIssue({ ...one, path: [...issue.path, ...one.path] }));
  }
  return [fault(issue.path, issue.message)];
}

function faultsBetweenSettings(input: Record<string, unknown>): ConfigFault[] {
  const ongoing = readPermissions(input, [], "ongoing");
  const setup = readPermissions(input, [], "setup");
  const features = readList(input.features);
  const ofFeatures = features.flatMap((feature, index) => [
    ...readPermissions(feature, ["features", index], "ongoing"),
    ...readPermissions(feature, ["features", index], "setup"),
  ]);
  const all = [...ongoing, ...setup, ...ofFeatures];
  const boundary = readBoundary(input);
  const onItself = all.flatMap((permission) => selfEscalationFaults(input, permission));
  return [
    ...emptyFaults(input),
    ...features.flatMap((feature, index) => emptyFeatureFaults(feature, ["features", index])),
    ...featureIdFaults(features),
    ...managedPolicyFaults([[[], input], ...features.map((one, index) => [["features", index], one] as const)]).map(
      ({ path, message }) => fault(path, message),
    ),
    ...sidFaults([...all, ...boundary]),
    ...denyOnlyFaults(input, "ongoing", ongoing),
    ...denyOnlyFaults(input, "setup", setup),
    ...[...all, ...boundary].flatMap(actionFaults),
    ...onItself,
    ...escalationFaults(all).filter(({ path }) => !onItself.some((other) => other.path === path)),
    ...contradictionFaults(all, boundary, input.partitions),
    ...boundaryFaults(input, boundary),
    ...all.flatMap(breadthFaults),
    ...all.flatMap(probeFaults),
    ...probeCountFaults(all),
    ...all.filter(({ phase }) => phase === "setup").flatMap(expiryFaults),
    ...partitionFaults(input),
  ];
}

const ongoingGrants = ["ongoingPermissions", "ongoingManagedPolicies"];

const allGrants = [...ongoingGrants, "setupPermissions", "setupManagedPolicies"];

function isEmpty(grants: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every(
    (name) => grants[name] === undefined || (Array.isArray(grants[name]) && grants[name].length === 0),
  );
}

function emptyFaults(input: Record<string, unknown>): ConfigFault[] {
  if (input.ongoingPermissions === undefined || !isEmpty(input, ongoingGrants)) return [];
  return [
    fault(["ongoingPermissions"], "must ask for at least one permission, or ongoingManagedPolicies for a policy"),
  ];
}

function emptyFeatureFaults(feature: Record<string, unknown>, path: Path): ConfigFault[] {
  return isEmpty(feature, allGrants) ? [fault(path, "grants nothing; add permissions, or remove the feature")] : [];
}

/** CloudFormation tells parameters apart by case; people do not. */
function featureIdFaults(features: readonly Record<string, unknown>[]): ConfigFault[] {
  const ids = features.map(({ id }) => String(id).toLowerCase());
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [fault(["features", index, "id"], "is already the id of another feature")] : [],
  );
}

/** Beside a policy by AWS a Deny alone makes sense: it keeps the role out of a part of it. */
function denyOnlyFaults(
  input: Record<string, unknown>,
  phase: PermissionPhase,
  list: readonly PlacedPermission[],
): ConfigFault[] {
  const useless = list.length > 0 && list.every(({ permission }) => permission.effect === "Deny");
  if (!useless || !isEmpty(input, [`${phase}ManagedPolicies`])) return [];
  return [fault([`${phase}Permissions`], "only denies, so it grants nothing; add an Allow statement or remove it")];
}

function boundaryFaults({ role }: Record<string, unknown>, placed: readonly PlacedPermission[]): ConfigFault[] {
  const declared = isRecord(role) ? boundarySchema.safeParse(role.boundary).data : undefined;
  if (typeof declared === "string") {
    const message = policyBoundaryFault(declared);
    return message ? [fault(boundaryPath, message)] : [];
  }
  return statementBoundaryFaults(placed.map(({ permission }) => permission)).map(({ path, message }) =>
    fault([...boundaryPath, ...path], message),
  );
}
