import type { Values } from "../../protocol/input";
import { paginate } from "../paging";
import { evaluateResource, type Outcome, type ResourceEvaluation } from "./evaluate-resource";
import { requireActions, requireResources, type simulationParameters } from "./parameters";
import { resourceTemplate } from "./resource-template";
import type { Subject } from "./subject";

export type SimulationInput = Values<typeof simulationParameters>;

/**
 * One result for each action, whatever the number of resources: its decision is the strictest, and those on single
 * resources are within it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulate(subject: Subject, input: SimulationInput) {
  const { ActionNames, ResourceArns, ContextEntries } = input;
  requireActions(ActionNames);
  requireResources(ResourceArns);
  const given = Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName, ContextKeyValues]),
  );
  const resources = [...new Set(ResourceArns.length === 0 ? ["*"] : ResourceArns)];
  const actions = [...new Set(ActionNames)].map((action, index) => ({ action, place: String(index).padStart(6, "0") }));
  const { page, position } = paginate(actions, ({ place }) => place, input);
  const EvaluationResults = page.map(({ action }) =>
    evaluationResult(
      action,
      resources.map((resource) => evaluateResource(subject, { action, resource, given })),
    ),
  );
  return { EvaluationResults, ...position };
}

const strictness: Outcome[] = ["explicitDeny", "implicitDeny", "allowed"];

function evaluationResult(action: string, evaluations: ResourceEvaluation[]) {
  const decision = strictness.find((outcome) => evaluations.some((one) => one.outcome === outcome)) ?? "implicitDeny";
  const onResources = evaluations.some(({ resource }) => resource !== "*");
  const organization = evaluations.flatMap(({ allowedByOrganization }) => allowedByOrganization ?? []);
  return {
    EvalActionName: action,
    EvalResourceName: resourceTemplate(action),
    EvalDecision: decision,
    MatchedStatements: union(
      evaluations.filter(({ outcome }) => outcome === decision).flatMap(({ matched }) => matched),
    ),
    MissingContextValues: union(evaluations.flatMap(({ missing }) => missing)),
    ...(organization.length > 0
      ? { OrganizationsDecisionDetail: { AllowedByOrganizations: !organization.includes(false) } }
      : {}),
    ...boundaryDetail(evaluations),
    ...(onResources ? { EvalDecisionDetails: {}, ResourceSpecificResults: evaluations.map(resourceResult) } : {}),
  };
}

function resourceResult(evaluation: ResourceEvaluation) {
  return {
    EvalResourceName: evaluation.resource,
    EvalResourceDecision: evaluation.outcome,
    MatchedStatements: evaluation.matched,
    MissingContextValues: evaluation.missing,
    ...boundaryDetail([evaluation]),
  };
}

function boundaryDetail(evaluations: ResourceEvaluation[]) {
  const answers = evaluations.flatMap(({ allowedByBoundary }) => allowedByBoundary ?? []);
  if (answers.length === 0) return {};
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: !answers.includes(false) } };
}

function union<T>(items: T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
