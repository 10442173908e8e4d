import type { Operation, RequestContext } from "../../service";
import { requiredCapabilities } from "../template/capabilities";
import type { Template } from "../template/template";
import { type Input, refuseUnsupported, stringOf } from "./input";
import { authorizedStack, requireStack } from "./stack-arn";
import { checked, requireTemplateSource } from "./template-source";

export const getTemplateSummary: Operation = async (input, context) => {
  refuseUnsupported(input, ["StackName", "TemplateBody", "TemplateURL"]);
  const template = await readSource(input, context);
  const { capabilities, reason } = requiredCapabilities(template);
  return {
    Version: "2010-09-09",
    Description: template.description,
    Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
    Parameters: [...template.parameters].map(([key, declaration]) => ({
      ParameterKey: key,
      DefaultValue: declaration.default,
      ParameterType: declaration.type,
      NoEcho: declaration.noEcho,
      Description: declaration.description,
      ParameterConstraints: { AllowedValues: declaration.allowedValues },
    })),
    Capabilities: capabilities,
    CapabilitiesReason: reason,
    ResourceTypes: [...new Set([...template.resources.values()].map(({ type }) => type))],
    DeclaredTransforms: [],
  };
};

async function readSource(input: Input, context: RequestContext): Promise<Template> {
  const name = stringOf(input, "StackName");
  if (name) {
    const stack = requireStack(authorizedStack(context, "GetTemplateSummary", name), name);
    return checked(stack.template);
  }
  context.authorize({ action: "cloudformation:GetTemplateSummary", resource: "*" });
  return (await requireTemplateSource(input, context)).template;
}
