import type { Operation } from "../../service";
import { booleanOf, type Input, refuseUnsupported } from "../operation/input";
import { validationError } from "../validation-error";
import { inRegionOrder, newOperation, readOverrides } from "./operation-input";
import { findInstance, runOperation } from "./run-operation";
import { authorizedSet, type StackInstance, type StackSet } from "./state";
import { readTargets, type Targets } from "./targets";

const where = [
  "StackSetName",
  "Accounts",
  "DeploymentTargets",
  "Regions",
  "OperationPreferences",
  "OperationId",
  "CallAs",
];

export const createStackInstances: Operation = async (input, context) => {
  refuseUnsupported(input, [...where, "ParameterOverrides"]);
  const set = authorizedSet("CreateStackInstances", input, context);
  const targets = readTargets(input, set, context);
  const operation = newOperation("CREATE", input, set, context);
  const places = inRegionOrder(targets.places, input);
  const instances = places.map((place): StackInstance => {
    const present = findInstance(set, place);
    const overrides = readOverrides(input, set, present?.overrides);
    return { ...place, status: "OUTDATED", detail: "PENDING", stackId: present?.stackId, overrides };
  });
  addInstances(set, instances);
  addTargets(set, targets);
  await runOperation(set, operation, places, context);
  return { OperationId: operation.id };
};

export function addInstances(set: StackSet, instances: StackInstance[]): void {
  const others = set.instances.filter(
    ({ account, region }) => !instances.some((one) => one.account === account && one.region === region),
  );
  set.instances = [...others, ...instances];
}

/** What an account that comes later will get. */
function addTargets(set: StackSet, { unitIds, regions }: Targets): void {
  for (const unitId of unitIds) {
    const present = set.targets.find((target) => target.unitId === unitId);
    if (present) present.regions = [...new Set([...present.regions, ...regions])];
    else set.targets.push({ unitId, regions });
  }
}

export const updateStackInstances: Operation = async (input, context) => {
  refuseUnsupported(input, [...where, "ParameterOverrides"]);
  const set = authorizedSet("UpdateStackInstances", input, context);
  const { places } = readTargets(input, set, context);
  const chosen = inRegionOrder(places, input).flatMap((place) => findInstance(set, place) ?? []);
  if (chosen.length === 0) throw validationError("No stack instances found for the given accounts and Regions");
  const operation = newOperation("UPDATE", input, set, context);
  const overrides = chosen.map((instance) => readOverrides(input, set, instance.overrides));
  for (const [index, instance] of chosen.entries()) {
    Object.assign(instance, { overrides: overrides[index], status: "OUTDATED", detail: "PENDING" });
  }
  await runOperation(set, operation, chosen.map(placeOf), context);
  return { OperationId: operation.id };
};

export const deleteStackInstances: Operation = async (input, context) => {
  refuseUnsupported(input, [...where, "RetainStacks"]);
  const set = authorizedSet("DeleteStackInstances", input, context);
  const targets = readTargets(input, set, context);
  const operation = { ...newOperation("DELETE", input, set, context), retainStacks: requiredFlag(input) };
  const chosen = inRegionOrder(targets.places, input).flatMap((place) => findInstance(set, place) ?? []);
  set.targets = set.targets
    .map((target) =>
      targets.unitIds.includes(target.unitId)
        ? { ...target, regions: target.regions.filter((region) => !targets.regions.includes(region)) }
        : target,
    )
    .filter(({ regions }) => regions.length > 0);
  await runOperation(set, operation, chosen.map(placeOf), context);
  return { OperationId: operation.id };
};

function requiredFlag(input: Input): boolean {
  const retain = booleanOf(input, "RetainStacks");
  if (retain === undefined) throw validationError("RetainStacks must be specified");
  return retain;
}

export function placeOf({ account, region, unitId }: StackInstance) {
  return { account, region, ...(unitId ? { unitId } : {}) };
}
