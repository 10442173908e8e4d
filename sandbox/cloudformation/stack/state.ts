import type { RequestContext } from "../../service";
import type { Store } from "../../store";
import type { Json, JsonObject } from "../template/json";
import type { DeletionPolicy } from "../template/template";

export interface StackRecord {
  id: string;
  name: string;
  accountId: string;
  region: string;
  partition: string;
  status: string;
  statusReason?: string;
  description?: string;
  /** Times are epoch milliseconds. */
  createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  template: string;
  parameters: ParameterRecord[];
  capabilities: string[];
  tags: Tag[];
  disableRollback: boolean;
  terminationProtection: boolean;
  /** In the order in which they were made. */
  resources: ResourceRecord[];
  outputs: OutputRecord[];
  /** Names of other stacks' exports that this one reads. */
  imports: string[];
  /** Oldest first. */
  events: EventRecord[];
}

export interface ParameterRecord {
  key: string;
  value: string;
  noEcho: boolean;
}

export interface Tag {
  Key: string;
  Value: string;
}

export interface OutputRecord {
  key: string;
  value: string;
  description?: string;
  exportName?: string;
}

export interface ResourceRecord {
  logicalId: string;
  type: string;
  physicalId?: string;
  properties: JsonObject;
  attributes: Record<string, Json>;
  status: string;
  statusReason?: string;
  updatedAt: number;
  deletionPolicy: DeletionPolicy;
  /** Whether its attributes are kept out of events. */
  noEcho?: boolean;
}

interface EventRecord {
  id: string;
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  /** Evaluated properties as JSON text. */
  properties?: string;
  at: number;
  token?: string;
}

interface State {
  stacks: StackRecord[];
}

function state({ store }: { store: Store }): State {
  return store.slice("cloudformation", () => ({ stacks: [] }));
}

export function allStacks(store: Store): StackRecord[] {
  return state({ store }).stacks;
}

/** Stacks of the caller's account and region, deleted ones too, oldest first. */
export function stacksHere(context: RequestContext): StackRecord[] {
  return state(context).stacks.filter(
    ({ accountId, region }) => accountId === context.accountId && region === context.region,
  );
}

export function addStack(context: RequestContext, stack: StackRecord): void {
  state(context).stacks.push(stack);
}

/** Finds a stack by ID, also a deleted one, or by the name of one that lives. */
export function findStack(context: RequestContext, nameOrId: string): StackRecord | undefined {
  return stacksHere(context).find(({ id, name, status }) =>
    nameOrId.startsWith("arn:") ? id === nameOrId : name === nameOrId && status !== "DELETE_COMPLETE",
  );
}

export function liveResources(stack: StackRecord): ResourceRecord[] {
  return stack.resources.filter(({ status }) => status !== "DELETE_COMPLETE");
}
