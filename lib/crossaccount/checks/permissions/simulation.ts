import { type EvaluationResult, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { attempt, pages, type Reading, type Unreadable } from "../aws-reading";
import type { ExpectedStatement } from "./expected-statement";
import {
  canSimulate,
  type SimulatedSituation,
  type SimulationBatch,
  simulatedResources,
  simulationBatches,
} from "./simulation-batches";

/**
 * What AWS's policy simulator says about one action of a statement. `provisional`: it does not know a condition key that
 * some policy asks for, so a real call may be answered otherwise. `not-simulated`: an action with a wildcard.
 */
export type SimulatedDecision =
  | { kind: "allowed" | "provisional" | "not-simulated" }
  | { kind: "denied"; by: "organization" | "boundary" | "deny" | "nothing-allows" };

export type Simulation =
  | { ok: true; decide: (statement: ExpectedStatement, action: string) => SimulatedDecision }
  | { ok: false; unreadable: Unreadable };

/** Results by the action's name in lower case. */
type Answers = { batch: SimulationBatch; results: ReadonlyMap<string, EvaluationResult> }[];

/** Asks AWS's simulator about everything that the statements allow, in a few calls side by side. */
export async function simulatePermissions(
  statements: readonly ExpectedStatement[],
  roleArn: string,
  situation: SimulatedSituation,
  reading: Reading,
): Promise<Simulation> {
  const answers = await attempt(reading, "AWS's policy simulator", "iam:SimulatePrincipalPolicy", (options) =>
    Promise.all(
      simulationBatches(statements, situation).map(async (batch) => ({
        batch,
        results: await pages((Marker) =>
          reading.iam
            .send(
              new SimulatePrincipalPolicyCommand({
                PolicySourceArn: roleArn,
                ActionNames: batch.actions,
                ResourceArns: batch.resources,
                ContextEntries: batch.context,
                MaxItems: 1_000,
                Marker,
              }),
              options,
            )
            .then((page) => ({
              items: page.EvaluationResults ?? [],
              next: page.IsTruncated ? page.Marker : undefined,
            })),
        ),
      })),
    ),
  );
  if (!answers.ok) return answers;
  const indexed = answers.value.map(({ batch, results }) => ({
    batch,
    results: new Map(results.map((result) => [result.EvalActionName?.toLowerCase() ?? "", result])),
  }));
  return { ok: true, decide: (statement, action) => decisionOn(indexed, statement, action) };
}

function decisionOn(answers: Answers, statement: ExpectedStatement, action: string): SimulatedDecision {
  if (!canSimulate(action)) return { kind: "not-simulated" };
  const about = answers.find(({ batch }) => batch.statements.includes(statement));
  const result = about?.results.get(action.toLowerCase());
  if (!result) return { kind: "not-simulated" };
  const decisions = simulatedResources(statement).map((resource) => decisionOnResource(result, resource));
  return (
    decisions.find(({ kind }) => kind === "denied") ??
    decisions.find(({ kind }) => kind === "provisional") ?? { kind: "allowed" }
  );
}

/** Since mid-2026 there is one result for an action, the strictest, with those on each resource inside it (IAM API, EvaluationResult). */
function decisionOnResource(result: EvaluationResult, resource: string): SimulatedDecision {
  const specific = result.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
  const decision = specific ? specific.EvalResourceDecision : result.EvalDecision;
  const boundary = (specific ?? result).PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary;
  const missing = (specific ?? result).MissingContextValues ?? [];
  if (decision === "allowed") return { kind: "allowed" };
  if (result.OrganizationsDecisionDetail?.AllowedByOrganizations === false)
    return { kind: "denied", by: "organization" };
  if (boundary === false && missing.length === 0) return { kind: "denied", by: "boundary" };
  if (missing.length > 0) return { kind: "provisional" };
  return { kind: "denied", by: decision === "explicitDeny" ? "deny" : "nothing-allows" };
}
