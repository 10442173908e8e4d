import { partitionNames } from "../aws/partition";
import { reservedSids } from "../grants/self-read";
import { placesAllowing } from "../policy/scope";
import { findSelfEscalation, type SelfEscalation } from "../policy/self-escalation";
import { blindings, type Contradiction, contradictions } from "./contradictions";
import { escalationNotes } from "./escalation-notes";
import { type ConfigFault, fault, type Path, pathText } from "./fault";
import { actionsWithin, type PlacedPermission } from "./placed-permission";
import { isRecord } from "./records";
import { configInputSchema } from "./schema";
import { actionFault } from "./unknown-action";
import { isReading, isWholeService } from "./wildcards";

export function sidFaults(all: readonly PlacedPermission[]): ConfigFault[] {
  const first = new Map<string, Path>();
  return all.flatMap(({ path, permission: { sid } }) => {
    if (reservedSids.includes(sid)) return [fault([...path, "sid"], `"${sid}" is used by the template itself`)];
    const earlier = first.get(sid);
    if (earlier) return [fault([...path, "sid"], `"${sid}" is already the sid of ${pathText(earlier)}`)];
    first.set(sid, path);
    return [];
  });
}

export function actionFaults({ path, permission }: PlacedPermission): ConfigFault[] {
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

export function selfEscalationFaults(
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
export function escalationFaults(all: readonly PlacedPermission[]): ConfigFault[] {
  return escalationNotes(all.map(({ permission }) => permission)).map(({ index, path, message }) =>
    fault([...(all[index]?.path ?? []), ...path], message),
  );
}

export function contradictionFaults(
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

export function breadthFaults({ path, permission }: PlacedPermission): ConfigFault[] {
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

export function probeCountFaults(ongoing: readonly PlacedPermission[]): ConfigFault[] {
  const probed = ongoing.filter(({ permission }) => permission.probe);
  return probed
    .slice(MOST_PROBES)
    .map(({ path }) => fault([...path, "probe"], `is one too many: ${MOST_PROBES} at most`));
}

/** A probe must be harmless and prove its own permission. */
export function probeFaults({ path, phase, permission }: PlacedPermission): ConfigFault[] {
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
export function expiryFaults({ path, permission: { condition = {}, effect } }: PlacedPermission): ConfigFault[] {
  const key = Object.keys(condition.DateLessThan ?? {}).find((name) => name.toLowerCase() === "aws:currenttime");
  if (effect === "Deny" || key === undefined) return [];
  return [
    fault(
      [...path, "condition", "DateLessThan", key],
      "is set by the template: setup permissions end after setupExpiresAfter. Use DateLessThanEquals for an earlier end",
    ),
  ];
}
