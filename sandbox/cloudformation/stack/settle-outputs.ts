import { resourcesOf } from "./apply-resource";
import type { Blueprint } from "./blueprint";
import { evaluateOutputs } from "./evaluate-outputs";
import { checkExports } from "./exports";
import type { Deployment } from "./record-event";

/** Gives a stack the outputs of its finished resources; answers what is wrong with them, if anything is. */
export function settleOutputs({ stack, context }: Deployment, blueprint: Blueprint): string | undefined {
  try {
    const outputs = evaluateOutputs(blueprint, blueprint.scope(resourcesOf(stack)));
    checkExports(context, stack, outputs);
    Object.assign(stack, { outputs, imports: [...blueprint.imports] });
    return undefined;
  } catch (error) {
    return `${(error as Error).message}. `;
  }
}
