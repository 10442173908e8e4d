import type { Operation } from "../../service";
import { deleteStack as remove } from "../stack/delete";
import { run } from "../stack/running";
import { validationError } from "../validation-error";
import { refuseUnsupported, requiredString, stringOf, stringsOf } from "./input";
import { authorizedStack } from "./stack-arn";

export const deleteStack: Operation = async (input, context) => {
  refuseUnsupported(input, ["StackName", "RetainResources", "ClientRequestToken"]);
  const name = requiredString(input, "StackName");
  const stack = authorizedStack(context, "DeleteStack", name);
  if (!stack || stack.status === "DELETE_COMPLETE") return undefined;
  if (stack.status.endsWith("_IN_PROGRESS") && stack.status !== "REVIEW_IN_PROGRESS") {
    throw validationError(`Stack [${stack.name}] is in ${stack.status} state; the sandbox cannot delete it now`);
  }
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  const retained = stringsOf(input, "RetainResources");
  if (retained.length > 0 && stack.status !== "DELETE_FAILED") {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. Specify resources to retain only when stack is in a DELETE_FAILED state`,
    );
  }
  const deployment = { stack, context, token: stringOf(input, "ClientRequestToken") };
  await run(stack.id, context, () => remove(deployment, "User Initiated", retained));
  return undefined;
};
