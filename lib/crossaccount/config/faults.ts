import type { z } from "zod";
import { partitionNames } from "../aws/partition";
import type { BoundaryStatement, Permission, PermissionPhase, RoleSettings } from "../grants/permission";
import { reservedSids } from "../grants/self-read";
import { placesAllowing } from "../policy/scope";
import { findSelfEscalation, type SelfEscalation } from "../policy/self-escalation";
import { policyBoundaryFault, statementBoundaryFaults } from "./boundary-faults";
import { conditionNotes } from "./condition-schema";
import { blindings, type Contradiction, contradictions } from "./contradictions";
import { escalationNotes } from "./escalation-notes";
import { managedPolicyFaults } from "./managed-policy-faults";
import { boundarySchema, boundaryStatementSchema, permissionSchema } from "./permission-schema";
import { configInputSchema } from "./schema";
import { actionFault, actionNote } from "./unknown-action";
import { isReading, isWholeService, wildcardNotes } from "./wildcards";

export interface ConfigFault {
  /** Such as `ongoingPermissions[2].actions[0]`. */
  readonly path: string;
  readonly message: string;
}

/** What is allowed but worth a second look: actions that AWS lacks, wildcards that no `broad` explains, doubtful conditions. */
export function permissionWarnings(path: Path, permissions: readonly Permission[]): readonly ConfigFault[] {
  return permissions.flatMap((permission, index) => [
    ...statementWarnings([...path, index], permission),
    ...wildcardNotes(permission).map(({ place, message }) => fault([...path, index, ...place], message)),
  ]);
}

/** The same of the role's boundary, where a wildcard grants nothing. */
export function boundaryWarnings(boundary: RoleSettings["boundary"]): readonly ConfigFault[] {
  const statements = typeof boundary === "object" ? boundary : [];
  return statements.flatMap((statement, index) => statementWarnings([...boundaryPath, index], statement));
}

function statementWarnings(path: Path, statement: BoundaryStatement): ConfigFault[] {
  return [
    ...actionsWithin(statement).flatMap(({ action, at }) => {
      const message = actionNote(action);
      return message ? [fault([...path, ...at], message)] : [];
    }),
    ...conditionNotes(statement.condition ?? {}).map(({ path: where, message }) =>
      fault([...path, "condition", ...where], message),
    ),
  ];
}

const boundaryPath: Path = ["role", "boundary"];

type Path = readonly PropertyKey[];

/** Every action that a permission names, to be granted or to be left out, and where. */
function actionsWithin(permission: BoundaryStatement): { action: string; at: Path }[] {
  return (["actions", "notActions"] as const).flatMap((list) =>
    (permission[list] ?? []).map((action, index) => ({ action, at: [list, index] })),
  );
}

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
  if (issue.code === "invalid_union") {
    // What is wrong with it as the kind of value that it is, where it is one of the kinds.
    const meant = issue.errors.find((issues) => !issues.some(({ path }) => path.length === 0));
    if (meant) return meant.flatMap((one) => faultsOfIssue({ ...one, path: [...issue.path, ...one.path] }));
  }
  return [fault(issue.path, issue.message)];
}

function fault(path: Path, message: string): ConfigFault {
  return { path: pathText(path), message };
}

function pathText(path: Path): string {
  if (path.length === 0) return "the configuration";
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^\w+$/.test(String(part))) return `${text}[${JSON.stringify(String(part))}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
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

interface PlacedPermission {
  readonly path: Path;
  readonly phase: PermissionPhase;
  readonly permission: Permission;
}

function readPermissions(grants: Record<string, unknown>, path: Path, phase: PermissionPhase): PlacedPermission[] {
  const name = `${phase}Permissions`;
  const list: unknown = grants[name];
  return Array.isArray(list) ? placed(list, [...path, name], phase, permissionSchema) : [];
}

/** Those that can be read. */
function placed(
  list: readonly unknown[],
  path: Path,
  phase: PermissionPhase,
  schema: typeof permissionSchema | typeof boundaryStatementSchema,
): PlacedPermission[] {
  return list.flatMap((item, index) => {
    const { data } = schema.safeParse(item);
    return data ? [{ path: [...path, index], phase, permission: data }] : [];
  });
}

function readBoundary({ role }: Record<string, unknown>): PlacedPermission[] {
  const list = isRecord(role) ? role.boundary : undefined;
  return Array.isArray(list) ? placed(list, boundaryPath, "ongoing", boundaryStatementSchema) : [];
}

function readList(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.map((item: unknown) => (isRecord(item) ? item : {})) : [];
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

function sidFaults(all: readonly PlacedPermission[]): ConfigFault[] {
  const first = new Map<string, Path>();
  return all.flatMap(({ path, permission: { sid } }) => {
    if (reservedSids.includes(sid)) return [fault([...path, "sid"], `"${sid}" is used by the template itself`)];
    const earlier = first.get(sid);
    if (earlier) return [fault([...path, "sid"], `"${sid}" is already the sid of ${pathText(earlier)}`)];
    first.set(sid, path);
    return [];
  });
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

function actionFaults({ path, permission }: PlacedPermission): ConfigFault[] {
  const { probe } = permission;
  return [
    ...actionsWithin(permission),
    ...(probe ? [{ action: probe.action, at: ["probe", "action"] as Path }] : []),
  ].flatMap(({ action, at }) => {
    const message = actionFault(action);
    return message ? [fault([...path, ...at], message)] : [];
  });
}

// While serviceName is faulty, only patterns that reach every path are told apart.
const unknownName = "<serviceName>";

function selfEscalationFaults(
  { serviceName, role }: Record<string, unknown>,
  { path, permission }: PlacedPermission,
): ConfigFault[] {
  const name = configInputSchema.shape.serviceName.safeParse(serviceName).data ?? unknownName;
  // Stacks are named after the service, roles and policies lie under the path.
  const ownPath = configInputSchema.shape.role.safeParse(role).data?.path?.slice(1, -1) ?? name;
  const found = [...new Set([name, ownPath])].flatMap((own) =>
    findSelfEscalation(own, permission).map(({ place, allows, target }) =>
      fault(
        [...path, ...place],
        `would let the role change its own ${selfTargets[target](allows, own)}; narrow the actions or the resources`,
      ),
    ),
  );
  return found.filter((one, index) => found.findIndex((other) => other.path === one.path) === index);
}

const selfTargets: Record<SelfEscalation["target"], (allows: string, name: string) => string> = {
  role: (allows, name) => `policies, trust, boundary or tags (it allows ${allows} on roles under /${name}/)`,
  policies: (allows, name) => `policies (it allows ${allows} on policies under /${name}/)`,
  stack: (allows, name) => `stack, and with it itself (it allows ${allows} on stacks named ${name}-…)`,
};

/** Of all statements together, because both phases are attached during setup. */
function escalationFaults(all: readonly PlacedPermission[]): ConfigFault[] {
  return escalationNotes(all.map(({ permission }) => permission)).map(({ index, path, message }) =>
    fault([...(all[index]?.path ?? []), ...path], message),
  );
}

function contradictionFaults(
  all: readonly PlacedPermission[],
  boundary: readonly PlacedPermission[],
  partitions: unknown,
): ConfigFault[] {
  const served = partitionNames.filter((name) => name === "aws" || (isRecord(partitions) && name in partitions));
  const permissions = all.map(({ permission }) => permission);
  const bounds = boundary.map(({ permission }) => permission);
  const placedFaults = (placed: readonly PlacedPermission[], found: readonly Contradiction[]) =>
    found.map(({ index, place, message }) => fault([...(placed[index]?.path ?? []), ...place], message));
  return [
    ...placedFaults(all, [...contradictions(permissions, bounds), ...blindings(permissions, served)]),
    ...placedFaults(boundary, blindings(bounds, served)),
  ];
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

function breadthFaults({ path, permission }: PlacedPermission): ConfigFault[] {
  const { effect, actions = [], notActions, broad } = permission;
  if (effect === "Deny" || broad !== undefined) return [];
  if (notActions) {
    const message =
      'allows everything but what it names, calls that AWS adds later too; name the calls instead, or say why in "broad", which customers read';
    return [fault([...path, "notActions"], message)];
  }
  return actions.flatMap((action, index) =>
    isWholeService(action)
      ? [
          fault(
            [...path, "actions", index],
            'allows a whole service; name the calls, or say why all of them are needed in "broad", which customers read',
          ),
        ]
      : [],
  );
}

/** Each is named in the session policy of a verification, which AWS limits to 2,048 characters (STS API, AssumeRole). */
const MOST_PROBES = 10;

function probeCountFaults(ongoing: readonly PlacedPermission[]): ConfigFault[] {
  const probed = ongoing.filter(({ permission }) => permission.probe);
  return probed
    .slice(MOST_PROBES)
    .map(({ path }) => fault([...path, "probe"], `is one too many: ${MOST_PROBES} at most`));
}

/** A probe must be harmless and prove its own permission. */
function probeFaults({ path, phase, permission }: PlacedPermission): ConfigFault[] {
  const { effect, probe } = permission;
  if (!probe) return [];
  if (phase === "setup") return [fault([...path, "probe"], "is made for ongoing permissions only")];
  const where = [...path, "probe", "action"];
  if (effect === "Deny") return [fault(where, "cannot be probed: the statement denies")];
  if (placesAllowing(permission, probe.action).length === 0)
    return [fault(where, "is not among the permission's actions")];
  if (isReading(probe.action) && !/[*?]/.test(probe.action)) return [];
  return [fault(where, "must be one call that only reads, such as ec2:DescribeRegions")];
}

/** The template adds DateLessThan aws:CurrentTime to every Allow; a second value there would widen it, not narrow it. */
function expiryFaults({ path, permission: { condition = {}, effect } }: PlacedPermission): ConfigFault[] {
  const key = Object.keys(condition.DateLessThan ?? {}).find((name) => name.toLowerCase() === "aws:currenttime");
  if (effect === "Deny" || key === undefined) return [];
  return [
    fault(
      [...path, "condition", "DateLessThan", key],
      "is set by the template: setup permissions end after setupExpiresAfter. Use DateLessThanEquals for an earlier end",
    ),
  ];
}

function partitionFaults(input: Record<string, unknown>): ConfigFault[] {
  const others = isRecord(input.partitions) ? input.partitions : {};
  const sides = partitionNames.flatMap((name) => {
    const settings = name === "aws" ? input : others[name];
    return isRecord(settings) ? [{ path: name === "aws" ? [] : ["partitions", name], settings }] : [];
  });
  const pinned = sides.filter(({ settings }) => strings(settings.trustedPrincipalArns).length > 0);
  const unpinned = pinned.length === 0 ? [] : sides.filter((side) => !pinned.includes(side));
  return [
    ...sides.flatMap(({ path, settings }) => sideFaults(path, settings)),
    ...unpinned.map(({ path }) =>
      fault(
        [...path, "trustedPrincipalArns"],
        "is missing: name your roles for every partition that you serve, or for none",
      ),
    ),
  ];
}

function sideFaults(path: Path, settings: Record<string, unknown>): ConfigFault[] {
  const { serviceAccountId: account, defaultRegion: region } = settings;
  const offered = strings(settings.regions);
  const foreign = strings(settings.trustedPrincipalArns).flatMap((arn, index) =>
    typeof account !== "string" || arn.split(":")[4] === account
      ? []
      : [fault([...path, "trustedPrincipalArns", index], "is not a role of this partition's serviceAccountId")],
  );
  const notOffered = typeof region === "string" && offered.length > 0 && !offered.includes(region);
  return notOffered ? [...foreign, fault([...path, "regions"], `must hold the default Region, ${region}`)] : foreign;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
