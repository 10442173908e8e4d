import {
  covers,
  coversAction,
  coversResource,
  type Grant,
  noStricter,
  overlaps,
  overlapsAction,
  overlapsResource,
} from "../../policy/coverage";
import { expiryOf, type PolicyStatement, patternList, untimed } from "../../policy/document";
import type { SetupPermissions } from "../../status";
import type { Check, Evidence } from "../../types";
import { check, fact, finding, skipped } from "../check";
import { beyond } from "./beyond";
import { asStatement, type ExpectedStatement, grantsOf } from "./expected-statement";
import { unattached, unattachedEvidence, unattachedFinding } from "./managed-grants";
import { policyName } from "./managed-policy";
import { findingFor, gapEvidence, unreadableEvidence, unreadableFinding } from "./ongoing";
import type { OwnLimits } from "./own-limits";
import { groupPatterns } from "./pattern-groups";
import { isHard, reconcile } from "./reconcile";
import type { RolePolicies } from "./role-policies";
import { isBlind } from "./self-read-evidence";
import type { Simulation } from "./simulation";

export interface SetupInput {
  setup: readonly ExpectedStatement[];
  ongoing: readonly ExpectedStatement[];
  limits: OwnLimits;
  /** ARNs of the policies by AWS that the role should have. */
  managed: { ongoing: readonly string[]; setup: readonly string[] };
  policies: RolePolicies;
  simulation?: Simulation;
  /** How long the template lets setup last, in seconds. */
  longestSeconds: number;
  /** `gone`: the setup phase was ended, so what remains is a failure. */
  expected: "present" | "gone";
  now: Date;
}

export interface SetupResult {
  check: Check;
  state: SetupPermissions;
  /** ISO 8601; when what is present expires by itself, if all of it does. */
  expiresAt?: string;
}

/**
 * Looks for the setup permissions among what is attached. Whatever may still allow a part of them counts, however else it
 * is limited, unless it has expired. Dropping them early harms no one, so `gone` passes in either phase.
 */
export function checkSetupPermissions(input: SetupInput): SetupResult {
  const { setup, ongoing, managed, policies, simulation, now } = input;
  const kept = ongoing.filter(allows).map(asStatement);
  const grants = setup
    .filter(allows)
    .flatMap(grantsOf)
    .filter((grant) => !kept.some((statement) => covers(statement, grant)));
  if (grants.length === 0 && managed.setup.length === 0) {
    return {
      state: "never-granted",
      check: skipped("setup-permissions", "No permissions are granted for setup only."),
    };
  }

  const granting = policies.statements.filter(allows).filter((statement) => isSetup(statement, grants, kept));
  const live = granting.filter(({ conditions }) => !hasExpired(conditions, now));
  const attached = managed.setup.filter((arn) => policies.declared.includes(arn));
  if (live.length + attached.length > 0) return present(live, attached, input);
  // Where everything but the policies by AWS was read, what AWS still allows is what those allow for good.
  const explained = policies.declared.length > 0 && policies.unreadable.length === 0;
  const simulated = explained ? [] : stillAllowed(setup, kept, simulation);
  if (simulated.length > 0) return presentUnseen(simulated, input);
  if (policies.unreadable.some(({ boundary }) => !boundary)) return unknown(policies);
  return gone(granting, input);
}

/** Setup actions that AWS's simulator allows, whatever was read. */
function stillAllowed(
  setup: readonly ExpectedStatement[],
  kept: readonly PolicyStatement[],
  simulation: Simulation | undefined,
): string[] {
  if (!simulation?.ok) return [];
  return setup.filter(allows).flatMap((statement) =>
    statement.actions.filter((action) => {
      const grants = grantsOf({ ...statement, actions: [action] });
      const isOngoing = grants.some((grant) => kept.some((candidate) => covers(candidate, grant)));
      return !isOngoing && simulation.decide(statement, action).kind === "allowed";
    }),
  );
}

function allows({ effect }: { effect: "Allow" | "Deny" }): boolean {
  return effect === "Allow";
}

/** Whether the statement grants some of setup that is not granted for good anyway. */
function isSetup(statement: PolicyStatement, grants: readonly Grant[], kept: readonly PolicyStatement[]): boolean {
  const ongoing = kept.filter(({ conditions }) => noStricter(conditions, statement.conditions));
  if (statement.actions.excluded || statement.resources.excluded) {
    return beyond(statement, ongoing) !== null && grants.some((grant) => overlaps(statement, grant));
  }
  const wantedActions = [...new Set(grants.map(({ action }) => action))];
  const wantedResources = [...new Set(grants.map(({ resource }) => resource))];
  const actions = groupPatterns(statement.actions.patterns, (pattern) => {
    const wanted = new Set(wantedActions.filter((action) => overlapsAction(patternList(pattern, undefined), action)));
    return [...ongoing.map((one) => coversAction(one, pattern)), ...grants.map(({ action }) => wanted.has(action))];
  });
  const resources = groupPatterns(statement.resources.patterns, (pattern) => {
    const wanted = new Set(
      wantedResources.filter((resource) => overlapsResource(patternList(pattern, undefined), resource)),
    );
    return [
      ...ongoing.map((one) => coversResource(one, pattern)),
      ...grants.map(({ resource }) => wanted.has(resource)),
    ];
  });
  return actions.some((action) =>
    resources.some((resource) => {
      const both = (_one: unknown, index: number) => action.meets[index] === true && resource.meets[index] === true;
      return !ongoing.some(both) && grants.some((grant, index) => both(grant, ongoing.length + index));
    }),
  );
}

function hasExpired(conditions: PolicyStatement["conditions"], now: Date): boolean {
  const expiry = expiryOf(conditions);
  return expiry !== null && expiry <= now.getTime();
}

function present(live: readonly PolicyStatement[], attached: readonly string[], input: SetupInput): SetupResult {
  const expiries = live.map(({ conditions }) => expiryOf(conditions));
  const latest = expiries.includes(null) ? null : Math.max(...expiries.map(Number));
  const endsByItself = latest !== null && attached.length === 0;
  const expiresAt = endsByItself ? new Date(latest).toISOString() : undefined;
  const names = attached.map(policyName);
  const evidence = [
    fact("Still granted by", [...new Set([...live.map(({ policy }) => policy), ...names])].join(", ")),
    fact("Expires", expiresAt ?? "Never by itself"),
    ...(names.length > 0
      ? [
          fact(
            "By AWS, so without an end",
            `${names.join(", ")}: attached until the stack is updated with SetupPhase=false`,
          ),
        ]
      : []),
    ...unattachedEvidence(unattached(input.managed.setup, input.policies)),
  ];
  if (input.expected === "gone") return { state: "present", expiresAt, check: lingering(evidence, expiresAt) };
  const longest = input.now.getTime() + (input.longestSeconds + TOLERANCE_SECONDS) * 1_000;
  const outlasts = live.length > 0 && (latest === null || latest > longest);
  return { state: "present", expiresAt, check: complete(evidence, input, outlasts) };
}

/** Clocks may differ, and a link may be opened a while before its stack is made. */
const TOLERANCE_SECONDS = 3_600;

/** Whether setup can be done with what is there: all of it attached, and nothing above the role in the way. */
function complete(evidence: Evidence[], input: SetupInput, outlasts: boolean): Check {
  const { setup, limits, managed, policies, simulation } = input;
  const statements: ExpectedStatement[] = setup.map((statement) => ({
    ...statement,
    condition: untimed(asStatement(statement).conditions),
  }));
  const decide = (statement: ExpectedStatement, action: string) => {
    const asked = setup[statements.indexOf(statement)] ?? statement;
    return simulation?.ok ? simulation.decide(asked, action) : ({ kind: "not-simulated" } as const);
  };
  const untimedPolicies = {
    ...policies,
    statements: policies.statements.map((found) => ({ ...found, conditions: untimed(found.conditions) })),
  };
  const { gaps, notes } = reconcile({
    expected: statements,
    limits,
    policies: untimedPolicies,
    ...(simulation && { simulation: simulation.ok ? { ok: true, decide } : simulation }),
  });
  const hard = gaps.filter(isHard);
  const lacking = unattached(managed.setup, policies);
  if (hard.length === 0 && lacking.length > 0)
    return check("setup-permissions", "warning", [...evidence, ...notes], unattachedFinding(lacking));
  if (hard.length === 0 && outlasts)
    return check("setup-permissions", "warning", [...evidence, ...notes], finding("setup-too-long", "certain"));
  if (hard.length === 0) return check("setup-permissions", "passed", [...evidence, ...notes]);
  const shown = hard.flatMap((gap) =>
    gap.reason === "missing" ? [fact("Not granted", gap.actions.join(", "))] : gapEvidence(gap),
  );
  return check("setup-permissions", "warning", [...evidence, ...shown, ...notes], findingFor(hard));
}

function lingering(evidence: Evidence[], expiresAt: string | undefined): Check {
  const remedy = expiresAt
    ? "Update the stack with SetupPhase set to false, or wait until the statements expire at the time above; then verify again."
    : "Update the stack with SetupPhase set to false, and detach or delete the policy named above if it is not the stack's own; then verify again.";
  return check("setup-permissions", "failed", evidence, finding("setup-lingers", "certain", { remedy }));
}

function presentUnseen(actions: readonly string[], { expected, policies }: SetupInput): SetupResult {
  const evidence = [fact("AWS's simulator still allows", actions.join(", ")), ...unreadableEvidence(policies)];
  if (expected === "gone") return { state: "present", check: lingering(evidence, undefined) };
  return { state: "present", check: check("setup-permissions", "passed", evidence) };
}

function gone(expired: readonly PolicyStatement[], { now, setup, simulation, expected }: SetupInput): SetupResult {
  const how =
    expired.length > 0
      ? `Expired: policy ${[...new Set(expired.map(({ policy }) => policy))].join(", ")} no longer allows them`
      : "No policy of the role grants them";
  const evidence = [
    fact("Setup permissions", how),
    ...simulatedEnd(setup, simulation),
    fact("Verified at", now.toISOString()),
  ];
  const unasked = expired.length > 0 && expected === "present";
  return { state: "gone", check: check("setup-permissions", "passed", evidence, unasked ? periodOver() : {}) };
}

/** Who has not finished setup learns why it no longer works, and how to go on. */
function periodOver() {
  return finding("setup-period-over", "certain");
}

function simulatedEnd(setup: readonly ExpectedStatement[], simulation: Simulation | undefined): Evidence[] {
  if (!simulation?.ok) return [];
  const decisions = setup
    .filter(allows)
    .flatMap((statement) => statement.actions.map((action) => simulation.decide(statement, action).kind))
    .filter((kind) => kind !== "not-simulated");
  const denied = decisions.filter((kind) => kind === "denied").length;
  return decisions.length === 0
    ? []
    : [fact("Simulated by AWS", `${denied} of ${decisions.length} actions denied now`)];
}

function unknown(policies: RolePolicies): SetupResult {
  if (isBlind(policies)) {
    const why = "The role may not read its own policies, as the check of ongoing permissions says.";
    return { state: "unknown", check: skipped("setup-permissions", why) };
  }
  return {
    state: "unknown",
    check: check("setup-permissions", "warning", unreadableEvidence(policies), {
      ...unreadableFinding(policies),
      cause: "A policy of the role could not be read, so it is not known whether the setup permissions are gone.",
    }),
  };
}
