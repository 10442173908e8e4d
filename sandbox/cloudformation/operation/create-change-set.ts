import { randomUUID } from "node:crypto";
import { AwsError, type Operation, type RequestContext } from "../../service";
import { actualState } from "../stack/actual-state";
import { makeBlueprint } from "../stack/blueprint";
import { addChangeSet, type ChangeSetRecord, findChangeSet } from "../stack/change-set";
import { hasChanges } from "../stack/has-changes";
import { planChanges } from "../stack/plan";
import { setStackStatus } from "../stack/record-event";
import { addStack, findStack, type StackRecord } from "../stack/state";
import { validationError } from "../validation-error";
import { newStack } from "./create-stack";
import { type Input, refuseUnsupported, requiredString, stringOf } from "./input";
import { parameterMap } from "./parameters";
import { authorizedStack, changeSetArn, checkChangeSetName, checkStackName } from "./stack-arn";
import { requireTemplateSource } from "./template-source";
import { readUpdate, type WantedStack } from "./update-stack";

const supported = [
  "StackName",
  "ChangeSetName",
  "ChangeSetType",
  "Description",
  "TemplateBody",
  "TemplateURL",
  "UsePreviousTemplate",
  "Parameters",
  "Capabilities",
  "Tags",
  "ClientToken",
  "DeploymentMode",
];
const unchanged =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** Prepares the making or the update of a stack; when it answers, the change set is ready or has failed. */
export const createChangeSet: Operation = async (input, context) => {
  refuseUnsupported(input, supported);
  const stackName = requiredString(input, "StackName");
  const name = requiredString(input, "ChangeSetName");
  checkChangeSetName(name);
  const url = stringOf(input, "TemplateURL");
  const present = authorizedStack(context, "CreateChangeSet", stackName, {
    "cloudformation:ChangeSetName": name,
    ...(url ? { "cloudformation:TemplateUrl": url } : {}),
  });
  if (findChangeSet(context, name, stackName)) {
    throw new AwsError(
      "AlreadyExistsException",
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`,
    );
  }
  const type = readType(input);
  const { stack, wanted } =
    type === "CREATE"
      ? await stackToCreate(input, context, stackName)
      : await stackToUpdate(input, context, { present, stackName });
  const revertsDrift = readRevertsDrift(input, type);
  const found = revertsDrift ? await actualState({ stack, context }) : stack;
  const changed = type === "CREATE" || hasChanges(found, wanted.blueprint, wanted.tags);
  const changeSet: ChangeSetRecord = {
    id: changeSetArn(context, name, randomUUID()),
    name,
    stackId: stack.id,
    type,
    description: stringOf(input, "Description"),
    revertsDrift,
    createdAt: context.now().getTime(),
    status: changed ? "CREATE_COMPLETE" : "FAILED",
    ...(changed ? {} : { statusReason: unchanged }),
    template: wanted.text,
    parameters: wanted.parameters,
    capabilities: wanted.capabilities,
    tags: wanted.tags,
    changes: planChanges(found, wanted.blueprint),
  };
  addChangeSet(context, changeSet);
  return { Id: changeSet.id, StackId: stack.id };
};

function readType(input: Input): "CREATE" | "UPDATE" {
  const type = stringOf(input, "ChangeSetType") ?? "UPDATE";
  if (type === "CREATE" || type === "UPDATE") return type;
  throw validationError(`Not supported by the sandbox: ChangeSetType ${type}`);
}

function readRevertsDrift(input: Input, type: "CREATE" | "UPDATE"): boolean {
  const mode = stringOf(input, "DeploymentMode");
  if (mode === undefined) return false;
  if (mode !== "REVERT_DRIFT") {
    throw validationError(
      `1 validation error detected: Value '${mode}' at 'deploymentMode' failed to satisfy constraint: Member must satisfy enum value set: [REVERT_DRIFT]`,
    );
  }
  if (type === "CREATE")
    throw validationError("Not supported by the sandbox: DeploymentMode for a stack that is to be made");
  return true;
}

interface Planned {
  stack: StackRecord;
  wanted: WantedStack;
}

/** A change set that is to make a stack has one at once, without resources, that waits for review. */
async function stackToCreate(input: Input, context: RequestContext, stackName: string): Promise<Planned> {
  checkStackName(stackName);
  const present = findStack(context, stackName);
  if (present && present.status !== "REVIEW_IN_PROGRESS") {
    throw validationError(`Stack [${stackName}] already exists and cannot be created again with the changeSet.`);
  }
  const source = await requireTemplateSource(input, context);
  const made = newStack(input, context, source, "ROLLBACK");
  const stack = present ?? made;
  const blueprint = makeBlueprint(source.template, parameterMap(made.parameters), stack, context);
  if (!present) {
    addStack(context, stack);
    setStackStatus({ stack, context, token: stringOf(input, "ClientToken") }, "REVIEW_IN_PROGRESS", "User Initiated");
  }
  const { parameters, capabilities, tags } = made;
  return { stack, wanted: { text: source.text, parameters, capabilities, tags, blueprint } };
}

async function stackToUpdate(
  input: Input,
  context: RequestContext,
  { present, stackName }: { present: StackRecord | undefined; stackName: string },
): Promise<Planned> {
  if (!present) throw validationError(`Stack [${stackName}] does not exist`);
  return { stack: present, wanted: await readUpdate(input, context, present) };
}
