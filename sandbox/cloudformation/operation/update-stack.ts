import type { Operation, RequestContext } from "../../service";
import { type Blueprint, makeBlueprint } from "../stack/blueprint";
import { hasChanges } from "../stack/has-changes";
import type { Deployment } from "../stack/record-event";
import { run } from "../stack/running";
import { liveResources, type ParameterRecord, type StackRecord, type Tag } from "../stack/state";
import { updateStack as update } from "../stack/update";
import type { Template } from "../template/template";
import { validationError } from "../validation-error";
import { readCapabilities } from "./capabilities";
import { booleanOf, type Input, refuseUnsupported, requiredString, stringOf } from "./input";
import { parameterMap, readParameters } from "./parameters";
import { authorizedStack } from "./stack-arn";
import { readTags } from "./tags";
import { checked, readTemplateSource, type TemplateSource } from "./template-source";

const supported = [
  "StackName",
  "TemplateBody",
  "TemplateURL",
  "UsePreviousTemplate",
  "Parameters",
  "Capabilities",
  "Tags",
  "DisableRollback",
  "ClientRequestToken",
];
const updatable = ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"];

export const updateStack: Operation = async (input, context) => {
  refuseUnsupported(input, supported);
  if (booleanOf(input, "DisableRollback")) throw validationError("Not supported by the sandbox: DisableRollback");
  const name = requiredString(input, "StackName");
  const url = stringOf(input, "TemplateURL");
  const stack = authorizedStack(context, "UpdateStack", name, url ? { "cloudformation:TemplateUrl": url } : undefined);
  if (!stack) throw validationError(`Stack [${name}] does not exist`);
  const wanted = await readUpdate(input, context, stack);
  if (!hasChanges(stack, wanted.blueprint, wanted.tags)) throw validationError("No updates are to be performed.");
  const deployment = { stack, context, token: stringOf(input, "ClientRequestToken") };
  await run(stack.id, context, () => applyUpdate(deployment, wanted));
  return { StackId: stack.id };
};

export interface WantedStack {
  text: string;
  parameters: ParameterRecord[];
  capabilities: string[];
  tags: Tag[];
  blueprint: Blueprint;
}

/** What a request wants a stack to become; refused when the stack cannot be updated or not in this way. */
export async function readUpdate(input: Input, context: RequestContext, stack: StackRecord): Promise<WantedStack> {
  return plannedUpdate(await readSource(input, context, stack), input, context, stack);
}

/** The same with a template that has been read already. */
export function plannedUpdate(
  { text, template }: TemplateSource,
  input: Input,
  context: RequestContext,
  stack: StackRecord,
): WantedStack {
  const parameters = readParameters(input, template, stack.parameters);
  const capabilities = readCapabilities(input, template);
  const tags = input.Tags === undefined ? stack.tags : readTags(input);
  if (!updatable.includes(stack.status)) {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
  refuseTypeChange(stack, template);
  return {
    text,
    parameters,
    capabilities,
    tags,
    blueprint: makeBlueprint(template, parameterMap(parameters), stack, context),
  };
}

export async function applyUpdate(deployment: Deployment, wanted: WantedStack): Promise<void> {
  const { text, parameters, capabilities, tags, blueprint } = wanted;
  if ((await update(deployment, blueprint)) !== "updated") return;
  const { description } = blueprint.template;
  Object.assign(deployment.stack, { template: text, parameters, capabilities, tags, description });
}

async function readSource(input: Input, context: RequestContext, stack: StackRecord): Promise<TemplateSource> {
  const source = await readTemplateSource(input, context);
  const usePrevious = booleanOf(input, "UsePreviousTemplate") ?? false;
  if (source && usePrevious) {
    throw validationError("You cannot specify both usePreviousTemplate and Template Body/Template URL.");
  }
  if (source) return source;
  if (usePrevious) return { text: stack.template, template: checked(stack.template) };
  throw validationError("Either Template URL or Template Body must be specified.");
}

function refuseTypeChange(stack: StackRecord, template: Template): void {
  const changed = liveResources(stack)
    .filter(({ logicalId, type }) => (template.resources.get(logicalId)?.type ?? type) !== type)
    .map(({ logicalId }) => logicalId);
  if (changed.length > 0) {
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(", ")}]`,
    );
  }
}
