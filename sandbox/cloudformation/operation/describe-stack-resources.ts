import type { Operation } from "../../service";
import { refuseUnsupported, requiredString, stringOf } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";

export const describeStackResources: Operation = (input, context) => {
  refuseUnsupported(input, ["StackName", "LogicalResourceId"]);
  const name = requiredString(input, "StackName");
  const logicalId = stringOf(input, "LogicalResourceId");
  const stack = requireStack(authorizedStack(context, "DescribeStackResources", name), name);
  return {
    StackResources: stack.resources
      .filter((resource) => logicalId === undefined || resource.logicalId === logicalId)
      .map((resource) => ({
        StackName: stack.name,
        StackId: stack.id,
        LogicalResourceId: resource.logicalId,
        PhysicalResourceId: resource.physicalId,
        ResourceType: resource.type,
        Timestamp: new Date(resource.updatedAt),
        ResourceStatus: resource.status,
        ResourceStatusReason: resource.statusReason,
        DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
      })),
  };
};
