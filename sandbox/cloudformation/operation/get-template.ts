import type { Operation } from "../../service";
import { refuseUnsupported, requiredString } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";

export const getTemplate: Operation = (input, context) => {
  refuseUnsupported(input, ["StackName", "TemplateStage"]);
  const name = requiredString(input, "StackName");
  const stack = requireStack(authorizedStack(context, "GetTemplate", name), name);
  return { TemplateBody: stack.template, StagesAvailable: ["Original", "Processed"] };
};
