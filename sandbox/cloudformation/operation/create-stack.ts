import { randomUUID } from "node:crypto";
import { AwsError, type Operation, type RequestContext } from "../../service";
import { makeBlueprint } from "../stack/blueprint";
import { createStack as create, type OnFailure } from "../stack/create";
import { run } from "../stack/running";
import { addStack, findStack, type StackRecord } from "../stack/state";
import { validationError } from "../validation-error";
import { readCapabilities } from "./capabilities";
import { booleanOf, type Input, refuseUnsupported, requiredString, stringOf } from "./input";
import { parameterMap, readParameters } from "./parameters";
import { authorizedStack, checkStackName, stackArn } from "./stack-arn";
import { readTags } from "./tags";
import { requireTemplateSource, type TemplateSource } from "./template-source";

const supported = [
  "StackName",
  "TemplateBody",
  "TemplateURL",
  "Parameters",
  "Capabilities",
  "Tags",
  "DisableRollback",
  "OnFailure",
  "EnableTerminationProtection",
  "TimeoutInMinutes",
  "ClientRequestToken",
];

/** Works within the request: when it answers, the stack has reached its final state, unless a custom resource waits. */
export const createStack: Operation = async (input, context) => {
  refuseUnsupported(input, supported);
  const name = requiredString(input, "StackName");
  checkStackName(name);
  const url = stringOf(input, "TemplateURL");
  authorizedStack(context, "CreateStack", name, url ? { "cloudformation:TemplateUrl": url } : undefined);
  const source = await requireTemplateSource(input, context);
  if (findStack(context, name)) throw new AwsError("AlreadyExistsException", `Stack [${name}] already exists`);
  const onFailure = readOnFailure(input);
  const stack = newStack(input, context, source, onFailure);
  const blueprint = makeBlueprint(source.template, parameterMap(stack.parameters), stack, context);
  addStack(context, stack);
  const deployment = { stack, context, token: stringOf(input, "ClientRequestToken") };
  await run(stack.id, context, () => create(deployment, blueprint, onFailure));
  return { StackId: stack.id };
};

export function newStack(
  input: Input,
  context: RequestContext,
  { text, template }: TemplateSource,
  onFailure: OnFailure,
): StackRecord {
  const name = requiredString(input, "StackName");
  const { accountId, region, partition } = context;
  return {
    id: stackArn(context, name, randomUUID()),
    name,
    accountId,
    region,
    partition,
    status: "CREATE_IN_PROGRESS",
    description: template.description,
    createdAt: context.now().getTime(),
    template: text,
    parameters: readParameters(input, template),
    capabilities: readCapabilities(input, template),
    tags: readTags(input),
    disableRollback: onFailure === "DO_NOTHING",
    terminationProtection: booleanOf(input, "EnableTerminationProtection") ?? false,
    resources: [],
    outputs: [],
    imports: [],
    events: [],
  };
}

function readOnFailure(input: Input): OnFailure {
  const disableRollback = booleanOf(input, "DisableRollback");
  const onFailure = stringOf(input, "OnFailure");
  if (onFailure === undefined) return disableRollback ? "DO_NOTHING" : "ROLLBACK";
  if (disableRollback !== undefined)
    throw validationError("You can specify either DisableRollback or OnFailure, but not both.");
  if (onFailure === "ROLLBACK" || onFailure === "DO_NOTHING" || onFailure === "DELETE") return onFailure;
  throw validationError(
    `1 validation error detected: Value '${onFailure}' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]`,
  );
}
