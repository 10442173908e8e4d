import type { Operation } from "../../service";
import { type StackRecord, stacksHere } from "../stack/state";
import { refuseUnsupported, stringOf } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";

export const describeStacks: Operation = (input, context) => {
  refuseUnsupported(input, ["StackName"]);
  const name = stringOf(input, "StackName");
  if (name) {
    return { Stacks: [describeStack(requireStack(authorizedStack(context, "DescribeStacks", name), name))] };
  }
  context.authorize({ action: "cloudformation:DescribeStacks", resource: "*" });
  const stacks = stacksHere(context).filter(({ status }) => status !== "DELETE_COMPLETE");
  return { Stacks: stacks.toReversed().map(describeStack) };
};

function describeStack(stack: StackRecord) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: stack.description,
    Parameters: stack.parameters.map(({ key, value, noEcho }) => ({
      ParameterKey: key,
      ParameterValue: noEcho ? "****" : value,
    })),
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: stack.capabilities,
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Tags: stack.tags,
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}
