import type { Operation } from "../../service";
import { authorizedChangeSet } from "./authorized-change-set";
import { refuseUnsupported } from "./input";
import { summarizeChangeSet } from "./list-change-sets";

export const describeChangeSet: Operation = (input, context) => {
  refuseUnsupported(input, ["ChangeSetName", "StackName"]);
  const found = authorizedChangeSet("DescribeChangeSet", input, context);
  const { parameters, capabilities, tags, changes, revertsDrift } = found.changeSet;
  return {
    ...summarizeChangeSet(found),
    Parameters: parameters.map(({ key, value, noEcho }) => ({
      ParameterKey: key,
      ParameterValue: noEcho ? "****" : value,
    })),
    Capabilities: capabilities,
    Tags: tags,
    NotificationARNs: [],
    RollbackConfiguration: {},
    ...(revertsDrift && { DeploymentMode: "REVERT_DRIFT" }),
    Changes: changes.map(({ action, logicalId, physicalId, type, replacement }) => ({
      Type: "Resource",
      ResourceChange: {
        Action: action,
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        Replacement: replacement,
        Scope: [],
        Details: [],
      },
    })),
  };
};
