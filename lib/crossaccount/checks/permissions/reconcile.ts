import { diagnose } from "../../diagnosis";
import { overlapsAction } from "../../policy/coverage";
import type { Evidence } from "../../types";
import { fact } from "../check";
import { asStatement, type ExpectedStatement } from "./expected-statement";
import { boundaryName, findGaps, type PermissionGap } from "./gaps";
import type { OwnLimits } from "./own-limits";
import type { ProbedCall } from "./probes";
import type { RolePolicies } from "./role-policies";
import type { Simulation } from "./simulation";

export interface PermissionEvidence {
  expected: readonly ExpectedStatement[];
  /** What the template denies and bounds, in whatever phase. */
  limits: OwnLimits;
  policies: RolePolicies;
  /** Absent when AWS's simulator was not asked. */
  simulation?: Simulation;
  probes?: readonly ProbedCall[];
}

export interface Reconciled {
  gaps: PermissionGap[];
  /** What the other methods say, and where they disagree with the reading of policies. */
  notes: Evidence[];
}

/**
 * Holds what the attached policies grant against what AWS's simulator and real calls say. A real call that worked overrules
 * the simulator, the simulator what could not be read, and what they deny is added to what is missing.
 */
export function reconcile({ expected, limits, policies, simulation, probes = [] }: PermissionEvidence): Reconciled {
  const worked = (action: string) =>
    probes.some((probe) => probe.action.toLowerCase() === action.toLowerCase() && probe.answer.kind === "worked");
  // What is in a policy by AWS that the template attaches is not read either.
  const hidden = policies.unreadable.some(({ boundary }) => !boundary) || policies.declared.length > 0;
  const read = findGaps(expected, policies, limits).flatMap((gap) =>
    gap.reason === "missing" && hidden ? without(gap, (action) => isAllowed(simulation, gap.statement, action)) : [gap],
  );
  const simulated = simulatedGaps(expected, read, policies, simulation)
    .flatMap((gap) => without(gap, (action) => isOwnLimit(gap, action, limits)))
    .flatMap((gap) => without(gap, worked));
  const gaps = [...read, ...simulated];
  const refused = refusedGaps(expected, gaps, simulation, probes).flatMap((gap) =>
    without(gap, (action) => limits.mayDeny(gap.statement, action) || limits.mayBound(gap.statement, action)),
  );
  return {
    gaps: [...gaps, ...refused],
    notes: [
      ...simulationNotes(expected, simulation, limits),
      ...disagreements(read, simulation),
      ...probes.map(probeNote),
    ],
  };
}

function without(gap: PermissionGap, granted: (action: string) => boolean): PermissionGap[] {
  const actions = gap.actions.filter((action) => !granted(action));
  return actions.length > 0 ? [{ ...gap, actions }] : [];
}

/** Whether the template itself may be why AWS's simulator says so. A Deny may stand in the boundary too. */
function isOwnLimit({ statement, reason }: PermissionGap, action: string, limits: OwnLimits): boolean {
  if (reason === "bounded") return limits.mayBound(statement, action);
  return reason === "denied" && (limits.mayDeny(statement, action) || limits.mayBound(statement, action));
}

function isAllowed(simulation: Simulation | undefined, statement: ExpectedStatement, action: string): boolean {
  return simulation?.ok === true && simulation.decide(statement, action).kind === "allowed";
}

/** In place of a policy's name: the simulator does not say which one denies. */
export const SIMULATED = "that AWS's simulator found";

const reasons = {
  organization: "organization",
  boundary: "bounded",
  deny: "denied",
  "nothing-allows": "doubted",
} as const;

function simulatedGaps(
  expected: readonly ExpectedStatement[],
  read: readonly PermissionGap[],
  { boundary }: RolePolicies,
  simulation: Simulation | undefined,
): PermissionGap[] {
  if (!simulation?.ok) return [];
  const found = expected
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      statement.actions.flatMap((action) => {
        const known = read.some((gap) => gap.statement === statement && gap.actions.includes(action) && isHard(gap));
        const decision = simulation.decide(statement, action);
        if (known || decision.kind !== "denied") return [];
        return [{ statement, action, by: decision.by }];
      }),
    );
  const groups = new Map<string, PermissionGap>();
  for (const { statement, action, by } of found) {
    const key = `${statement.sid} ${by}`;
    const policy = by === "boundary" ? boundaryName(boundary) : by === "deny" ? SIMULATED : undefined;
    const gap = groups.get(key) ?? { statement, actions: [], reason: reasons[by], policy };
    gap.actions.push(action);
    groups.set(key, gap);
  }
  return [...groups.values()];
}

/** Whether the gap means that calls fail, rather than that they may. */
export function isHard({ reason }: PermissionGap): boolean {
  return reason !== "partly-denied" && reason !== "doubted";
}

function refusedGaps(
  expected: readonly ExpectedStatement[],
  gaps: readonly PermissionGap[],
  simulation: Simulation | undefined,
  probes: readonly ProbedCall[],
): PermissionGap[] {
  return probes.flatMap(({ sid, action, answer }) => {
    // A statement that is split over policies has its sid in each of them.
    const own = expected.filter((one) => one.sid === sid);
    const statement = own.find((one) => grantsAction(one, action)) ?? own[0];
    if (!statement || answer.kind !== "refused") return [];
    if (gaps.some((gap) => gap.statement === statement && isHard(gap))) return [];
    const simulated = isAllowed(simulation, statement, action) ? "allowed" : undefined;
    const context = { permissions: { policies: "allow", simulation: simulated } } as const;
    const diagnosis = diagnose({ call: "session", failure: answer.failure, context });
    return [{ statement, actions: [action], reason: "refused" as const, diagnosis }];
  });
}

function grantsAction(statement: ExpectedStatement, action: string): boolean {
  return overlapsAction(asStatement(statement).actions, action);
}

function simulationNotes(
  expected: readonly ExpectedStatement[],
  simulation: Simulation | undefined,
  limits: OwnLimits,
): Evidence[] {
  if (!simulation) return [];
  if (!simulation.ok) return [fact("Simulated by AWS", `Could not be asked: ${simulation.unreadable.failure.code}`)];
  const decisions = expected
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      statement.actions.map((action) => {
        const decision = simulation.decide(statement, action);
        const isOwn =
          decision.kind === "denied" &&
          isOwnLimit({ statement, actions: [action], reason: reasons[decision.by] }, action, limits);
        return isOwn ? "as-declared" : decision.kind;
      }),
    )
    .filter((kind) => kind !== "not-simulated");
  if (decisions.length === 0) return [];
  const count = (kind: (typeof decisions)[number]) => decisions.filter((one) => one === kind).length;
  const provisional = count("provisional");
  const declared = count("as-declared");
  const unsure = provisional === 0 ? "" : `; ${provisional} depend on conditions that only a real call meets`;
  const meant = declared === 0 ? "" : `; ${declared} forbidden by the template itself, here or under some condition`;
  return [fact("Simulated by AWS", `${count("allowed")} of ${decisions.length} actions allowed${unsure}${meant}`)];
}

/** The reading says that something is missing, and the simulator that it is allowed. */
function disagreements(read: readonly PermissionGap[], simulation: Simulation | undefined): Evidence[] {
  return read.filter(isHard).flatMap(({ statement, actions }) => {
    const allowed = actions.filter((action) => isAllowed(simulation, statement, action));
    if (allowed.length === 0) return [];
    return [
      fact(
        "The two methods disagree",
        `AWS's simulator allows ${allowed.join(", ")}, for some of the resources or under a condition of another statement`,
      ),
    ];
  });
}

function probeNote({ action, answer }: ProbedCall): Evidence {
  switch (answer.kind) {
    case "worked":
      return fact("Called for real", `${action} worked`);
    case "refused":
      return fact("Called for real", `${action} was refused (${answer.failure.code})`);
    case "unknown":
      return fact("Called for real", `${action} gave no clear answer (${answer.code}), which shows nothing`);
  }
}
