import type { TemplateParameter, TemplateSummary } from "./api";
import { element } from "./dom";
import { parameterGroups } from "./parameter-groups";

export interface ParameterFields {
  node: HTMLElement;
  /** What was entered, by name; a secret left empty is absent. */
  values(): Record<string, string>;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** One field for each parameter, in the groups that the template makes, holding `initial`'s value or else the default. Secrets are never filled in. */
export function parameterFields(
  { Parameters: parameters, Metadata }: TemplateSummary,
  initial: ReadonlyMap<string, string>,
): ParameterFields {
  const controls = new Map<string, Control>();
  const field = (parameter: TemplateParameter) => {
    const value = parameter.NoEcho ? "" : (initial.get(parameter.ParameterKey) ?? parameter.DefaultValue ?? "");
    const made = control(parameter, value);
    controls.set(parameter.ParameterKey, made);
    return element(
      "div",
      { class: "field" },
      element("label", { for: made.id }, parameter.ParameterKey),
      parameter.Description ? element("p", { class: "hint", id: `${made.id}-hint` }, parameter.Description) : undefined,
      made,
    );
  };
  const secrets = new Set(parameters.filter(({ NoEcho }) => NoEcho).map(({ ParameterKey }) => ParameterKey));
  return {
    node: element(
      "div",
      {},
      ...parameterGroups(parameters, Metadata).map((group) =>
        element(
          "div",
          { class: "group" },
          group.label ? element("h3", {}, group.label) : undefined,
          ...group.parameters.map(field),
        ),
      ),
    ),
    values: () =>
      Object.fromEntries(
        [...controls]
          .filter(([name, { value }]) => value !== "" || !secrets.has(name))
          .map(([name, { value }]) => [name, value]),
      ),
  };
}

function control(parameter: TemplateParameter, value: string): Control {
  const id = `parameter-${parameter.ParameterKey}`;
  const described = { id, "aria-describedby": parameter.Description ? `${id}-hint` : undefined };
  const allowed = parameter.ParameterConstraints.AllowedValues;
  if (!allowed) {
    const type = parameter.NoEcho ? "password" : "text";
    return element("input", { ...described, type, value, autocomplete: "off", spellcheck: "false" });
  }
  // A value that is not allowed stays selectable, so that AWS's own refusal is what the person sees.
  const options = value === "" || allowed.includes(value) ? allowed : [value, ...allowed];
  return element(
    "select",
    described,
    ...options.map((option) => element("option", { value: option, selected: option === value }, option)),
  );
}
