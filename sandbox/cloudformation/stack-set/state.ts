import { AwsError, type RequestContext } from "../../service";
import type { Store } from "../../store";
import { type Input, requiredString, stringOf } from "../operation/input";
import type { ParameterRecord, Tag } from "../stack/state";
import { validationError } from "../validation-error";

export interface StackSet {
  /** `<name>:<UUID>` */
  id: string;
  name: string;
  accountId: string;
  region: string;
  partition: string;
  status: "ACTIVE" | "DELETED";
  description?: string;
  template: string;
  parameters: ParameterRecord[];
  capabilities: string[];
  tags: Tag[];
  permission: Permission;
  /** Parts of the organization that stacks were asked for, each with its Regions. */
  targets: { unitId: string; regions: string[] }[];
  instances: StackInstance[];
  /** Oldest first. */
  operations: StackSetOperation[];
}

export type Permission =
  | { model: "SELF_MANAGED"; administrationRoleArn: string; executionRoleName: string }
  | { model: "SERVICE_MANAGED"; automatic: boolean; retainOnRemoval: boolean };

export interface StackInstance {
  account: string;
  region: string;
  unitId?: string;
  stackId?: string;
  /** Values that differ from those of the stack set. */
  overrides: { key: string; value: string }[];
  status: "CURRENT" | "OUTDATED" | "INOPERABLE";
  detail: ResultStatus;
  reason?: string;
  lastOperationId?: string;
}

export type ResultStatus = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

export interface StackSetOperation {
  id: string;
  action: "CREATE" | "UPDATE" | "DELETE";
  status: "RUNNING" | "SUCCEEDED" | "FAILED";
  /** Epoch milliseconds. */
  createdAt: number;
  endedAt?: number;
  retainStacks?: boolean;
  tolerance: Tolerance;
  results: { account: string; region: string; unitId?: string; status: ResultStatus; reason?: string }[];
}

/** How many accounts of a Region may fail before the rest is left alone. */
export type Tolerance = { count: number } | { percentage: number };

export function stackSets(store: Store): StackSet[] {
  return store.slice<{ list: StackSet[] }>("cloudformation-stack-sets", () => ({ list: [] })).list;
}

export function stackSetsHere({ store, accountId, region }: RequestContext): StackSet[] {
  return stackSets(store).filter((set) => set.accountId === accountId && set.region === region);
}

export function arnOfSet({
  partition,
  region,
  accountId,
  id,
}: Pick<StackSet, "partition" | "region" | "accountId" | "id">) {
  return `arn:${partition}:cloudformation:${region}:${accountId}:stackset/${id}`;
}

/** Delegated administrators do not exist here. */
export function requireCallAs(input: Input): void {
  const callAs = stringOf(input, "CallAs") ?? "SELF";
  if (callAs !== "SELF") throw validationError(`Not supported by the sandbox: CallAs ${callAs}`);
}

/** Checks that the caller may do this to the stack set, which is named by its name or ID, and finds it. */
export function authorizedSet(action: string, input: Input, context: RequestContext): StackSet {
  requireCallAs(input);
  const nameOrId = requiredString(input, "StackSetName");
  const set = stackSetsHere(context).find(
    ({ id, name, status }) => id === nameOrId || (name === nameOrId && status === "ACTIVE"),
  );
  const resource = arnOfSet({ ...context, id: set?.id ?? `${nameOrId}:*` });
  context.authorize({ action: `cloudformation:${action}`, resource });
  if (set) return set;
  throw new AwsError("StackSetNotFoundException", `StackSet ${nameOrId} not found`, 404);
}
