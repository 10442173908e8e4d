import type { Operation } from "../../service";
import { requiredCapabilities } from "../template/capabilities";
import { refuseUnsupported } from "./input";
import { requireTemplateSource } from "./template-source";

export const validateTemplate: Operation = async (input, context) => {
  refuseUnsupported(input, ["TemplateBody", "TemplateURL"]);
  context.authorize({ action: "cloudformation:ValidateTemplate", resource: "*" });
  const { template } = await requireTemplateSource(input, context);
  const { capabilities, reason } = requiredCapabilities(template);
  return {
    Description: template.description,
    Parameters: [...template.parameters].map(([key, declaration]) => ({
      ParameterKey: key,
      DefaultValue: declaration.default,
      NoEcho: declaration.noEcho,
      Description: declaration.description,
    })),
    Capabilities: capabilities,
    CapabilitiesReason: reason,
    DeclaredTransforms: [],
  };
};
