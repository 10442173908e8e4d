import { AwsError, type Operation, type RequestContext } from "../../service";
import { type Input, refuseUnsupported, requiredString, stringOf } from "../operation/input";
import { findInstance } from "./run-operation";
import {
  arnOfSet,
  authorizedSet,
  requireCallAs,
  type StackInstance,
  type StackSet,
  type StackSetOperation,
  stackSetsHere,
} from "./state";

function found(action: string, input: Input, context: RequestContext, also: string[] = []): StackSet {
  refuseUnsupported(input, ["StackSetName", "CallAs", ...also]);
  return authorizedSet(action, input, context);
}

function automation({ permission }: StackSet) {
  if (permission.model === "SELF_MANAGED") return undefined;
  return { Enabled: permission.automatic, RetainStacksOnAccountRemoval: permission.retainOnRemoval };
}

function roles({ permission }: StackSet) {
  if (permission.model === "SERVICE_MANAGED") return {};
  return { AdministrationRoleARN: permission.administrationRoleArn, ExecutionRoleName: permission.executionRoleName };
}

export const describeStackSet: Operation = (input, context) => {
  const set = found("DescribeStackSet", input, context);
  const { id, name, description, status, template, parameters, capabilities, tags, permission } = set;
  const StackSet = {
    StackSetName: name,
    StackSetId: id,
    StackSetARN: arnOfSet(set),
    Description: description,
    Status: status,
    TemplateBody: template,
    Parameters: parameters.map(({ key, value, noEcho }) => ({
      ParameterKey: key,
      ParameterValue: noEcho ? "****" : value,
    })),
    Capabilities: capabilities,
    Tags: tags,
    PermissionModel: permission.model,
    AutoDeployment: automation(set),
    ...roles(set),
    OrganizationalUnitIds: set.targets.map(({ unitId }) => unitId),
    Regions: [...new Set(set.instances.map(({ region }) => region))],
  };
  return { StackSet };
};

export const listStackSets: Operation = (input, context) => {
  refuseUnsupported(input, ["Status", "CallAs"]);
  requireCallAs(input);
  context.authorize({ action: "cloudformation:ListStackSets", resource: "*" });
  const wanted = stringOf(input, "Status");
  const Summaries = stackSetsHere(context)
    .filter(({ status }) => wanted === undefined || status === wanted)
    .map((set) => ({
      StackSetName: set.name,
      StackSetId: set.id,
      Description: set.description,
      Status: set.status,
      PermissionModel: set.permission.model,
      AutoDeployment: automation(set),
    }));
  return { Summaries };
};

function summarize(instance: StackInstance, { id }: StackSet) {
  return {
    StackSetId: id,
    Account: instance.account,
    Region: instance.region,
    StackId: instance.stackId,
    Status: instance.status,
    StatusReason: instance.reason,
    StackInstanceStatus: { DetailedStatus: instance.detail },
    OrganizationalUnitId: instance.unitId,
    DriftStatus: "NOT_CHECKED",
    LastOperationId: instance.lastOperationId,
  };
}

export const listStackInstances: Operation = (input, context) => {
  const set = found("ListStackInstances", input, context, ["StackInstanceAccount", "StackInstanceRegion"]);
  const account = stringOf(input, "StackInstanceAccount");
  const region = stringOf(input, "StackInstanceRegion");
  const Summaries = set.instances
    .filter((instance) => account === undefined || instance.account === account)
    .filter((instance) => region === undefined || instance.region === region)
    .map((instance) => summarize(instance, set));
  return { Summaries };
};

export const describeStackInstance: Operation = (input, context) => {
  const set = found("DescribeStackInstance", input, context, ["StackInstanceAccount", "StackInstanceRegion"]);
  const account = requiredString(input, "StackInstanceAccount");
  const region = requiredString(input, "StackInstanceRegion");
  const instance = findInstance(set, { account, region });
  if (!instance) {
    const text = `Stack instance not found for StackSet: ${set.name}, account: ${account}, region: ${region}`;
    throw new AwsError("StackInstanceNotFoundException", text, 404);
  }
  const isHidden = (name: string) => set.parameters.some(({ key, noEcho }) => key === name && noEcho);
  const ParameterOverrides = instance.overrides.map(({ key, value }) => ({
    ParameterKey: key,
    ParameterValue: isHidden(key) ? "****" : value,
  }));
  return { StackInstance: { ...summarize(instance, set), ParameterOverrides } };
};

function operationSummary({ id, action, status, createdAt, endedAt, results }: StackSetOperation) {
  return {
    OperationId: id,
    Action: action,
    Status: status,
    CreationTimestamp: new Date(createdAt),
    EndTimestamp: endedAt === undefined ? undefined : new Date(endedAt),
    StatusDetails: { FailedStackInstancesCount: results.filter((result) => result.status === "FAILED").length },
  };
}

function foundOperation(action: string, input: Input, context: RequestContext) {
  const set = found(action, input, context, ["OperationId"]);
  const id = requiredString(input, "OperationId");
  const operation = set.operations.find((other) => other.id === id);
  if (!operation) throw new AwsError("OperationNotFoundException", `Operation ${id} not found`, 404);
  return { set, operation };
}

export const describeStackSetOperation: Operation = (input, context) => {
  const { set, operation } = foundOperation("DescribeStackSetOperation", input, context);
  const { tolerance, retainStacks } = operation;
  const StackSetOperation = {
    ...operationSummary(operation),
    StackSetId: set.id,
    RetainStacks: retainStacks,
    ...roles(set),
    OperationPreferences:
      "count" in tolerance
        ? { FailureToleranceCount: tolerance.count }
        : { FailureTolerancePercentage: tolerance.percentage },
  };
  return { StackSetOperation };
};

export const listStackSetOperations: Operation = (input, context) => {
  const { operations } = found("ListStackSetOperations", input, context);
  return { Summaries: operations.toReversed().map(operationSummary) };
};

export const listStackSetOperationResults: Operation = (input, context) => {
  const { operation } = foundOperation("ListStackSetOperationResults", input, context);
  const Summaries = operation.results.map(({ account, region, unitId, status, reason }) => ({
    Account: account,
    Region: region,
    Status: status,
    StatusReason: reason,
    OrganizationalUnitId: unitId,
  }));
  return { Summaries };
};
