import type { Operation } from "../../service";
import { refuseUnsupported, requiredString } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";

export const describeStackEvents: Operation = (input, context) => {
  refuseUnsupported(input, ["StackName"]);
  const name = requiredString(input, "StackName");
  const stack = requireStack(authorizedStack(context, "DescribeStackEvents", name), name);
  return {
    StackEvents: stack.events.toReversed().map((event) => ({
      StackId: stack.id,
      EventId: event.id,
      StackName: stack.name,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId ?? "",
      ResourceType: event.type,
      Timestamp: new Date(event.at),
      ResourceStatus: event.status,
      ResourceStatusReason: event.reason,
      ResourceProperties: event.properties,
      ClientRequestToken: event.token,
    })),
  };
};
