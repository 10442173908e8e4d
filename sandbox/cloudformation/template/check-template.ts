import { formatError, templateError } from "../validation-error";
import type { Json } from "./json";
import { pseudoParameterNames } from "./pseudo-parameters";
import { type Reference, references } from "./references";
import type { Template } from "./template";

/** Attributes that Fn::GetAtt reads of a resource type; undefined for a type that does not exist. */
export type AttributesOf = (type: string) => readonly string[] | undefined;

/** Checks every name a template refers to, in all branches, whatever its parameters will be. */
export function checkTemplate(template: Template, attributesOf: AttributesOf): void {
  const conditions = new Set<string>();
  const collect = (value: Json) =>
    references(value, ({ condition, yes, no }) => {
      conditions.add(condition);
      return [yes, no];
    });
  checkConditionsSection(template, [...template.conditions.values()].flatMap(collect));
  for (const { properties, condition, dependsOn } of template.resources.values()) {
    if (condition) conditions.add(condition);
    checkReferences(template, [...collect(properties), ...dependsOn.map(dependency)], "Resources", attributesOf);
  }
  for (const { value, condition, exportName } of template.outputs.values()) {
    if (condition) conditions.add(condition);
    checkReferences(template, [...collect(value), ...collect(exportName ?? "")], "Outputs", attributesOf);
  }
  const undefinedConditions = [...conditions].filter((name) => !template.conditions.has(name));
  if (undefinedConditions.length > 0) {
    throw formatError(`Unresolved condition dependencies [${undefinedConditions.join(", ")}] in the template`);
  }
}

function dependency(name: string): Reference & { onlyResource: true } {
  return { name, onlyResource: true };
}

function checkConditionsSection(template: Template, found: Reference[]): void {
  const wrong = found.map(({ name }) => name).filter((name) => !isParameter(template, name));
  if (wrong.length > 0) {
    throw formatError(
      `Unresolved dependencies [${[...new Set(wrong)].join(", ")}]. Cannot reference resources in the Conditions block of the template`,
    );
  }
}

function checkReferences(
  template: Template,
  found: (Reference & { onlyResource?: true })[],
  block: string,
  attributesOf: AttributesOf,
): void {
  const unresolved = new Set<string>();
  for (const { name, attribute, onlyResource } of found) {
    const resource = template.resources.get(name);
    if (!resource && attribute !== undefined) {
      throw templateError(`instance of Fn::GetAtt references undefined resource ${name}`);
    }
    if (!resource && (onlyResource || !isParameter(template, name))) unresolved.add(name);
    if (resource && attribute !== undefined && isUnknown(attribute, attributesOf(resource.type))) {
      throw templateError(`resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
    }
  }
  if (unresolved.size > 0) {
    throw formatError(
      `Unresolved resource dependencies [${[...unresolved].join(", ")}] in the ${block} block of the template`,
    );
  }
}

function isUnknown(attribute: string, known: readonly string[] | undefined): boolean {
  return (
    known?.some((name) => name === attribute || (name.endsWith(".*") && attribute.startsWith(name.slice(0, -1)))) ===
    false
  );
}

function isParameter(template: Template, name: string): boolean {
  return template.parameters.has(name) || pseudoParameterNames.includes(name);
}
