import type { RequestContext } from "../../service";
import { validationError } from "../validation-error";
import { type OutputRecord, type StackRecord, stacksHere } from "./state";

export function exportedValue(context: RequestContext, name: string): string | undefined {
  return liveStacks(context)
    .flatMap(({ outputs }) => outputs)
    .find(({ exportName }) => exportName === name)?.value;
}

/** Refuses outputs that take another stack's export name, or drop one that another stack reads. */
export function checkExports(context: RequestContext, stack: StackRecord, outputs: OutputRecord[]): void {
  const others = liveStacks(context).filter(({ id }) => id !== stack.id);
  for (const { exportName } of outputs) {
    const owner = others.find((other) => other.outputs.some((output) => output.exportName === exportName));
    if (exportName !== undefined && owner) {
      throw validationError(`Export with name ${exportName} is already exported by stack ${owner.name}`);
    }
  }
  for (const { exportName, value } of stack.outputs) {
    const reader = others.find(({ imports }) => exportName !== undefined && imports.includes(exportName));
    const kept = outputs.find((output) => output.exportName === exportName);
    if (!reader || kept?.value === value) continue;
    const change = kept ? "updated" : "deleted";
    throw validationError(`Export ${exportName} cannot be ${change} as it is in use by ${reader.name}`);
  }
}

function liveStacks(context: RequestContext): StackRecord[] {
  return stacksHere(context).filter(({ status }) => status !== "DELETE_COMPLETE");
}
