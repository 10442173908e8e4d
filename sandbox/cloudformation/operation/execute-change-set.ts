import { AwsError, type Operation } from "../../service";
import { actualState } from "../stack/actual-state";
import { makeBlueprint } from "../stack/blueprint";
import { type FoundChangeSet, removeChangeSets } from "../stack/change-set";
import { createStack } from "../stack/create";
import type { Deployment } from "../stack/record-event";
import { run } from "../stack/running";
import { validationError } from "../validation-error";
import { authorizedChangeSet } from "./authorized-change-set";
import { booleanOf, refuseUnsupported, stringOf } from "./input";
import { parameterMap } from "./parameters";
import { checked } from "./template-source";
import { applyUpdate } from "./update-stack";

/** Works within the request, like CreateStack and UpdateStack. All change sets of the stack are gone afterwards. */
export const executeChangeSet: Operation = async (input, context) => {
  refuseUnsupported(input, ["ChangeSetName", "StackName", "ClientRequestToken", "DisableRollback"]);
  const found = authorizedChangeSet("ExecuteChangeSet", input, context);
  const { stack, changeSet } = found;
  if (changeSet.status === "FAILED") {
    throw new AwsError(
      "InvalidChangeSetStatus",
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [FAILED]`,
    );
  }
  if (stack.status.endsWith("_IN_PROGRESS") && stack.status !== "REVIEW_IN_PROGRESS") {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
  removeChangeSets(context, ({ stackId }) => stackId === stack.id);
  const deployment = { stack, context, token: stringOf(input, "ClientRequestToken") };
  await execute(deployment, found, booleanOf(input, "DisableRollback") ?? false);
  return {};
};

async function execute(
  deployment: Deployment,
  { stack, changeSet }: FoundChangeSet,
  disableRollback: boolean,
): Promise<void> {
  const { template: text, parameters, capabilities, tags } = changeSet;
  const template = checked(text);
  const blueprint = makeBlueprint(template, parameterMap(parameters), stack, deployment.context);
  if (changeSet.type === "UPDATE") {
    if (disableRollback) throw validationError("Not supported by the sandbox: DisableRollback");
    if (changeSet.revertsDrift) stack.resources = (await actualState(deployment)).resources;
    const wanted = { text, parameters, capabilities, tags, blueprint };
    return await run(stack.id, deployment.context, () => applyUpdate(deployment, wanted));
  }
  Object.assign(stack, {
    template: text,
    parameters,
    capabilities,
    tags,
    description: template.description,
    disableRollback,
  });
  const onFailure = disableRollback ? "DO_NOTHING" : "ROLLBACK";
  await run(stack.id, deployment.context, () => createStack(deployment, blueprint, onFailure));
}
