import type { Operation } from "../../service";
import { stacksHere } from "../stack/state";
import { refuseUnsupported, stringsOf } from "./input";

/** Every stack of the account and Region, newest first, deleted ones too: the sandbox keeps them until it is reset. */
export const listStacks: Operation = (input, context) => {
  refuseUnsupported(input, ["StackStatusFilter"]);
  context.authorize({ action: "cloudformation:ListStacks", resource: "*" });
  const wanted = stringsOf(input, "StackStatusFilter");
  return {
    StackSummaries: stacksHere(context)
      .filter(({ status }) => wanted.length === 0 || wanted.includes(status))
      .toReversed()
      .map((stack) => ({
        StackId: stack.id,
        StackName: stack.name,
        TemplateDescription: stack.description,
        CreationTime: new Date(stack.createdAt),
        LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
        DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
        StackStatus: stack.status,
        StackStatusReason: stack.statusReason,
        DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
      })),
  };
};
