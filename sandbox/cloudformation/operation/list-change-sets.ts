import type { Operation } from "../../service";
import { changeSetsOf, type FoundChangeSet } from "../stack/change-set";
import { refuseUnsupported, requiredString } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";

export const listChangeSets: Operation = (input, context) => {
  refuseUnsupported(input, ["StackName"]);
  const name = requiredString(input, "StackName");
  const stack = requireStack(authorizedStack(context, "ListChangeSets", name), name);
  return { Summaries: changeSetsOf(context, stack).map((changeSet) => summarizeChangeSet({ stack, changeSet })) };
};

export function summarizeChangeSet({ stack, changeSet }: FoundChangeSet) {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    CreationTime: new Date(changeSet.createdAt),
    ExecutionStatus: changeSet.status === "FAILED" ? "UNAVAILABLE" : "AVAILABLE",
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
  };
}
