import { formatError, validationError } from "../validation-error";
import { references } from "./references";
import type { Template } from "./template";

/** The resources whose condition holds, each after all that it depends on. */
export function resourceOrder(template: Template, conditions: Map<string, boolean>): string[] {
  const dependencies = new Map(activeResources(template, conditions));
  const order: string[] = [];
  const visit = (name: string, path: string[]): void => {
    if (order.includes(name)) return;
    if (path.includes(name)) {
      throw validationError(`Circular dependency between resources: [${path.slice(path.indexOf(name)).join(", ")}]`);
    }
    for (const other of dependencies.get(name) ?? []) visit(other, [...path, name]);
    order.push(name);
  };
  for (const name of dependencies.keys()) visit(name, []);
  return order;
}

function activeResources(template: Template, conditions: Map<string, boolean>): [string, string[]][] {
  const isActive = (name: string) => {
    const condition = template.resources.get(name)?.condition;
    return condition === undefined || conditions.get(condition) === true;
  };
  return [...template.resources]
    .filter(([name]) => isActive(name))
    .map(([name, { properties, dependsOn }]) => {
      const found = references(properties, ({ condition, yes, no }) => [conditions.get(condition) ? yes : no]);
      const read = found.map((reference) => reference.name).filter((other) => template.resources.has(other));
      const absent = read.filter((other) => !isActive(other));
      if (absent.length > 0) {
        throw formatError(
          `Unresolved resource dependencies [${[...new Set(absent)].join(", ")}] in the Resources block of the template`,
        );
      }
      // DependsOn of a resource that a condition leaves out is ignored, as AWS does.
      return [name, [...new Set([...read, ...dependsOn.filter(isActive)])]];
    });
}
