import type { RequestContext } from "../../service";
import type { PlannedChange } from "./plan";
import { type ParameterRecord, type StackRecord, stacksHere, type Tag } from "./state";

/** A deployment that was prepared and waits to be executed. */
export interface ChangeSetRecord {
  id: string;
  name: string;
  stackId: string;
  type: "CREATE" | "UPDATE";
  description?: string;
  /** Undoes what was changed outside CloudFormation, too. */
  revertsDrift: boolean;
  createdAt: number;
  status: "CREATE_COMPLETE" | "FAILED";
  statusReason?: string;
  template: string;
  parameters: ParameterRecord[];
  capabilities: string[];
  tags: Tag[];
  changes: PlannedChange[];
}

export interface FoundChangeSet {
  stack: StackRecord;
  changeSet: ChangeSetRecord;
}

interface State {
  changeSets: ChangeSetRecord[];
}

function state({ store }: RequestContext): State {
  return store.slice("cloudformation-change-sets", () => ({ changeSets: [] }));
}

export function addChangeSet(context: RequestContext, changeSet: ChangeSetRecord): void {
  state(context).changeSets.push(changeSet);
}

/** Change sets of a stack, newest first. */
export function changeSetsOf(context: RequestContext, stack: StackRecord): ChangeSetRecord[] {
  return state(context)
    .changeSets.filter(({ stackId }) => stackId === stack.id)
    .toReversed();
}

export function removeChangeSets(context: RequestContext, gone: (changeSet: ChangeSetRecord) => boolean): void {
  const all = state(context);
  all.changeSets = all.changeSets.filter((changeSet) => !gone(changeSet));
}

/** Finds a change set by its ID, or by its name together with its stack's name or ID. */
export function findChangeSet(
  context: RequestContext,
  nameOrId: string,
  stackNameOrId: string | undefined,
): FoundChangeSet | undefined {
  return stacksHere(context)
    .filter(({ status }) => status !== "DELETE_COMPLETE")
    .filter(({ id, name }) => stackNameOrId === undefined || [id, name].includes(stackNameOrId))
    .flatMap((stack) => changeSetsOf(context, stack).map((changeSet) => ({ stack, changeSet })))
    .find(({ changeSet: { id, name } }) => id === nameOrId || (stackNameOrId !== undefined && name === nameOrId));
}
