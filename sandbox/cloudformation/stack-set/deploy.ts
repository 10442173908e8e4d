import { randomUUID } from "node:crypto";
import type { RequestContext } from "../../service";
import { newStack } from "../operation/create-stack";
import { parameterMap } from "../operation/parameters";
import { authorizedStack } from "../operation/stack-arn";
import { checked } from "../operation/template-source";
import { applyUpdate, plannedUpdate } from "../operation/update-stack";
import { makeBlueprint } from "../stack/blueprint";
import { createStack } from "../stack/create";
import { deleteStack } from "../stack/delete";
import { hasChanges } from "../stack/has-changes";
import { endOf, release, run } from "../stack/running";
import { addStack, findStack, type StackRecord } from "../stack/state";
import type { StackInstance, StackSet } from "./state";

const neverMade = ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"];

/** Brings the stack of one account and Region to what the stack set says; throws when it does not get there. */
export async function deploy(
  set: StackSet,
  instance: StackInstance,
  { target, operationId }: { target: RequestContext; operationId: string },
): Promise<void> {
  const present = instance.stackId === undefined ? undefined : findStack(target, instance.stackId);
  if (present && neverMade.includes(present.status)) await remove(present, target, operationId);
  const isMade = present !== undefined && present.status !== "DELETE_COMPLETE";
  const stack = isMade ? await change(set, instance, present, target) : await make(set, instance, target);
  await ended(stack, target, operationId);
  if (stack.status !== "CREATE_COMPLETE" && stack.status !== "UPDATE_COMPLETE") {
    throw new Error(`Stack ${stack.id} is in ${stack.status} state: ${reasonOf(stack)}`);
  }
}

export async function remove(stack: StackRecord, target: RequestContext, operationId: string): Promise<void> {
  authorizedStack(target, "DeleteStack", stack.id);
  await run(stack.id, target, () => deleteStack({ stack, context: target }, "User Initiated"));
  await ended(stack, target, operationId);
  if (stack.status !== "DELETE_COMPLETE") throw new Error(`Stack ${stack.id} is in ${stack.status} state`);
}

async function make(set: StackSet, instance: StackInstance, target: RequestContext): Promise<StackRecord> {
  const StackName = `StackSet-${set.name.slice(0, 80)}-${randomUUID()}`;
  authorizedStack(target, "CreateStack", StackName);
  const source = { text: set.template, template: checked(set.template) };
  const stack = newStack({ ...wanted(set, instance), StackName }, target, source, "ROLLBACK");
  const blueprint = makeBlueprint(source.template, parameterMap(stack.parameters), stack, target);
  addStack(target, stack);
  instance.stackId = stack.id;
  await run(stack.id, target, () => createStack({ stack, context: target }, blueprint, "ROLLBACK"));
  return stack;
}

async function change(
  set: StackSet,
  instance: StackInstance,
  stack: StackRecord,
  target: RequestContext,
): Promise<StackRecord> {
  authorizedStack(target, "UpdateStack", stack.id);
  const source = { text: set.template, template: checked(set.template) };
  const update = plannedUpdate(source, wanted(set, instance), target, stack);
  if (!hasChanges(stack, update.blueprint, update.tags)) return stack;
  await run(stack.id, target, () => applyUpdate({ stack, context: target }, update));
  return stack;
}

function wanted({ parameters, capabilities, tags }: StackSet, { overrides }: StackInstance) {
  const values = new Map([...parameters, ...overrides].map(({ key, value }) => [key, value]));
  return {
    Parameters: [...values].map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: capabilities,
    Tags: tags,
  };
}

/** A stack that waits, as for a custom resource, makes the whole operation wait; its request is answered before. */
async function ended({ id }: StackRecord, target: RequestContext, operationId: string): Promise<void> {
  const end = endOf(id, target);
  if (!end) return;
  release(operationId, target);
  await end;
}

function reasonOf({ events, statusReason }: StackRecord): string {
  const failed = events.find(({ status, reason }) => /^(CREATE|UPDATE)_FAILED$/.test(status) && reason);
  return failed?.reason ?? statusReason ?? "";
}
