import type { RequestContext } from "../../service";
import { refuseUnsupportedTypes } from "../resource/registry";
import { evaluateConditions } from "../template/conditions";
import type { Json } from "../template/json";
import { pseudoParameters } from "../template/pseudo-parameters";
import { parameterValue } from "../template/resolve-parameters";
import { resourceOrder } from "../template/resource-order";
import { checkRules } from "../template/rules";
import type { Scope } from "../template/scope";
import type { Template } from "../template/template";
import { exportedValue } from "./exports";
import type { StackRecord } from "./state";

/** What a template asks for with given parameters: its conditions decided, its resources in order. */
export interface Blueprint {
  template: Template;
  order: string[];
  /** Scope whose resources are those that `resource` finds. */
  scope(resource: Scope["resource"]): Scope;
  /** Exports of other stacks that have been read so far. */
  imports: Set<string>;
}

export function makeBlueprint(
  template: Template,
  parameters: Map<string, string>,
  stack: Pick<StackRecord, "id" | "name" | "accountId" | "region" | "partition">,
  context: RequestContext,
): Blueprint {
  const imports = new Set<string>();
  const base = {
    values: scopeValues(template, parameters, stack),
    mappings: template.mappings,
    region: stack.region,
    exported: (name: string) => {
      imports.add(name);
      return exportedValue(context, name);
    },
  };
  checkRules(template, { ...base, conditions: new Map(), resource: () => undefined });
  const conditions = evaluateConditions(template, { ...base, resource: () => undefined });
  const order = resourceOrder(template, conditions);
  refuseUnsupportedTypes(order.flatMap((name) => template.resources.get(name) ?? []));
  return {
    template,
    order,
    scope: (resource) => ({ ...base, conditions, resource }),
    imports,
  };
}

function scopeValues(
  template: Template,
  parameters: Map<string, string>,
  stack: Parameters<typeof pseudoParameters>[0],
): Map<string, Json> {
  const values = pseudoParameters(stack);
  for (const [name, declaration] of template.parameters) {
    values.set(name, parameterValue(declaration, parameters.get(name) ?? ""));
  }
  return values;
}
