import type { TemplateParameter } from "./api";

export interface ParameterGroup {
  label: string;
  parameters: TemplateParameter[];
}

/**
 * The parameters as the template's `AWS::CloudFormation::Interface` groups them, those it forgot last. Metadata says
 * whatever its author likes: what does not fit is passed over.
 */
export function parameterGroups(parameters: TemplateParameter[], metadata = "{}"): ParameterGroup[] {
  const left = new Map(parameters.map((parameter) => [parameter.ParameterKey, parameter]));
  const groups = list(member(member(JSON.parse(metadata), "AWS::CloudFormation::Interface"), "ParameterGroups"));
  const grouped = groups.map((group) => {
    const label = member(member(group, "Label"), "default");
    const taken = list(member(group, "Parameters")).flatMap((name) => {
      const parameter = left.get(String(name));
      left.delete(String(name));
      return parameter ? [parameter] : [];
    });
    return { label: typeof label === "string" ? label : "", parameters: taken };
  });
  const others = { label: left.size < parameters.length ? "Other parameters" : "", parameters: [...left.values()] };
  return [...grouped, others].filter((group) => group.parameters.length > 0);
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
