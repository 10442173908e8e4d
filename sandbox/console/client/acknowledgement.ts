import { element } from "./dom";

/** The box that a template with IAM resources requires ticked; nothing can tick it beforehand. */
export function acknowledgement(capabilities: string[]): HTMLElement | undefined {
  if (capabilities.length === 0) return undefined;
  const custom = capabilities.includes("CAPABILITY_NAMED_IAM") ? " with custom names" : "";
  return element(
    "fieldset",
    { class: "card" },
    element("legend", {}, "Capabilities"),
    element(
      "label",
      { class: "check" },
      element("input", { type: "checkbox", required: true }),
      element("span", {}, `I acknowledge that AWS CloudFormation might create IAM resources${custom}.`),
    ),
  );
}
