import { randomUUID } from "node:crypto";
import { AwsError, type RequestContext } from "../../service";
import { booleanOf, type Input, refuseUnsupported, requiredString, stringOf, structuresOf } from "../operation/input";
import { isObject } from "../template/json";
import { validationError } from "../validation-error";
import { arnOfSet, type StackInstance, type StackSet, type StackSetOperation, type Tolerance } from "./state";

const preferences = [
  "FailureToleranceCount",
  "FailureTolerancePercentage",
  "RegionOrder",
  "RegionConcurrencyType",
  // Places are worked on one by one, which no maximum forbids.
  "MaxConcurrentCount",
  "MaxConcurrentPercentage",
  "ConcurrencyMode",
];

/** A new operation as a request describes it; refused while another one runs. */
export function newOperation(
  action: StackSetOperation["action"],
  input: Input,
  set: StackSet,
  context: RequestContext,
): StackSetOperation {
  const id = stringOf(input, "OperationId") ?? randomUUID();
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/.test(id)) throw validationError(`OperationId ${id} is not valid`);
  if (set.operations.some((operation) => operation.id === id)) {
    throw new AwsError("OperationIdAlreadyExistsException", `Operation ${id} already exists`, 409);
  }
  if (set.operations.some(({ status }) => status === "RUNNING")) {
    const text = `Another Operation on StackSet ${arnOfSet(set)} is in progress`;
    throw new AwsError("OperationInProgressException", text, 409);
  }
  const createdAt = context.now().getTime();
  return { id, action, status: "RUNNING", createdAt, tolerance: readTolerance(input), results: [] };
}

function preferencesOf(input: Input): Input {
  const given = input.OperationPreferences ?? {};
  if (!isObject(given)) throw validationError("OperationPreferences must be a structure");
  refuseUnsupported(given, preferences);
  const concurrency = stringOf(given, "RegionConcurrencyType") ?? "SEQUENTIAL";
  if (concurrency !== "SEQUENTIAL") {
    throw validationError(`Not supported by the sandbox: RegionConcurrencyType ${concurrency}`);
  }
  return given;
}

function readTolerance(input: Input): Tolerance {
  const given = preferencesOf(input);
  const count = stringOf(given, "FailureToleranceCount");
  const percentage = stringOf(given, "FailureTolerancePercentage");
  if (count !== undefined && percentage !== undefined) {
    throw validationError("Only one of FailureToleranceCount and FailureTolerancePercentage can be specified");
  }
  if (percentage !== undefined) return { percentage: whole(percentage, 100) };
  return { count: whole(count ?? "0", 10_000) };
}

function whole(text: string, maximum: number): number {
  if (/^\d+$/.test(text) && Number(text) <= maximum) return Number(text);
  throw validationError(`Failure tolerance ${text} is not a whole number between 0 and ${maximum}`);
}

/** Regions in the order in which they are to be worked on. */
export function inRegionOrder<T extends { region: string }>(places: T[], input: Input): T[] {
  const order = preferencesOf(input).RegionOrder;
  if (!Array.isArray(order)) return places;
  const position = ({ region }: T) => (order.includes(region) ? order.indexOf(region) : order.length);
  return places.toSorted((a, b) => position(a) - position(b));
}

/** Overrides that a request asks for; those that the instance has when it says nothing about them. */
export function readOverrides(input: Input, set: StackSet, before: StackInstance["overrides"] = []) {
  if (input.ParameterOverrides === undefined) return before;
  return structuresOf(input, "ParameterOverrides").flatMap((item) => {
    const key = requiredString(item, "ParameterKey");
    if (!set.parameters.some((parameter) => parameter.key === key)) {
      throw validationError(`Parameters: [${key}] do not exist in the template`);
    }
    if (!booleanOf(item, "UsePreviousValue")) return [{ key, value: stringOf(item, "ParameterValue") ?? "" }];
    return before.filter((override) => override.key === key);
  });
}
