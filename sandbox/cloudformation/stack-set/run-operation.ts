import { AwsError, type RequestContext } from "../../service";
import { run } from "../stack/running";
import { findStack } from "../stack/state";
import { deploy, remove } from "./deploy";
import { executionContext } from "./execution";
import type { StackInstance, StackSet, StackSetOperation } from "./state";
import type { Place } from "./targets";

/** Does something to the stacks of these places, one after another; answers early when one of them waits. */
export async function runOperation(
  set: StackSet,
  operation: StackSetOperation,
  places: Place[],
  context: RequestContext,
): Promise<void> {
  set.operations.push(operation);
  operation.results = places.map((place) => ({ ...place, status: "PENDING" }));
  await run(operation.id, context, () => runAll(set, operation, context));
}

async function runAll(set: StackSet, operation: StackSetOperation, context: RequestContext): Promise<void> {
  const { results } = operation;
  const regions = [...new Set(results.map(({ region }) => region))];
  let stopped = false;
  for (const region of regions) {
    const here = results.filter((result) => result.region === region);
    for (const result of here) {
      if (stopped) result.status = "CANCELLED";
      else await runOne(set, operation, result, context);
      const failed = here.filter(({ status }) => status === "FAILED").length;
      stopped ||= failed > tolerated(operation, here.length);
    }
  }
  for (const result of results.filter(({ status }) => status === "CANCELLED")) {
    result.reason = "Cancelled since failure tolerance has exceeded";
    const instance = findInstance(set, result);
    if (instance) Object.assign(instance, { detail: "CANCELLED", reason: result.reason });
  }
  Object.assign(operation, { status: stopped ? "FAILED" : "SUCCEEDED", endedAt: context.now().getTime() });
}

function tolerated({ tolerance }: StackSetOperation, accounts: number): number {
  return "count" in tolerance ? tolerance.count : Math.floor((accounts * tolerance.percentage) / 100);
}

async function runOne(
  set: StackSet,
  operation: StackSetOperation,
  result: StackSetOperation["results"][0],
  context: RequestContext,
): Promise<void> {
  const instance = findInstance(set, result);
  if (!instance) {
    Object.assign(result, { status: "SUCCEEDED", reason: "No stack instance" });
    return;
  }
  Object.assign(instance, { detail: "RUNNING", lastOperationId: operation.id });
  result.status = "RUNNING";
  try {
    await work(set, operation, instance, context);
    Object.assign(instance, { status: "CURRENT", detail: "SUCCEEDED", reason: undefined });
    result.status = "SUCCEEDED";
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : error.message;
    const status = operation.action === "DELETE" ? "INOPERABLE" : "OUTDATED";
    Object.assign(instance, { status, detail: "FAILED", reason });
    Object.assign(result, { status: "FAILED", reason });
  }
}

async function work(
  set: StackSet,
  operation: StackSetOperation,
  instance: StackInstance,
  context: RequestContext,
): Promise<void> {
  const operationId = operation.id;
  if (operation.action !== "DELETE") {
    const target = await executionContext(set, instance, context);
    return await deploy(set, instance, { target, operationId });
  }
  if (!operation.retainStacks && instance.stackId !== undefined) {
    const target = await executionContext(set, instance, context);
    const stack = findStack(target, instance.stackId);
    if (stack && stack.status !== "DELETE_COMPLETE") await remove(stack, target, operationId);
  }
  set.instances = set.instances.filter((other) => other !== instance);
}

export function findInstance(set: StackSet, { account, region }: Place): StackInstance | undefined {
  return set.instances.find((instance) => instance.account === account && instance.region === region);
}
