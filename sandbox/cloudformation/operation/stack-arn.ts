import type { AwsError, RequestContext } from "../../service";
import { findStack, type StackRecord } from "../stack/state";
import { validationError } from "../validation-error";

export function stackArn({ partition, region, accountId }: RequestContext, name: string, id: string): string {
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${id}`;
}

export function changeSetArn({ partition, region, accountId }: RequestContext, name: string, id: string): string {
  return `arn:${partition}:cloudformation:${region}:${accountId}:changeSet/${name}/${id}`;
}

/** Authorises an action on the stack that a request names, whether it exists or not, and finds it. */
export function authorizedStack(
  context: RequestContext,
  action: string,
  nameOrId: string,
  conditionKeys?: Record<string, string>,
): StackRecord | undefined {
  const stack = findStack(context, nameOrId);
  const resource = nameOrId.startsWith("arn:") ? nameOrId : (stack?.id ?? stackArn(context, nameOrId, "*"));
  context.authorize({ action: `cloudformation:${action}`, resource, conditionKeys });
  return stack;
}

export function requireStack(stack: StackRecord | undefined, nameOrId: string): StackRecord {
  if (stack) return stack;
  throw validationError(`Stack with id ${nameOrId} does not exist`);
}

export function checkStackName(name: string): void {
  checkName(name, "stackName");
}

export function checkChangeSetName(name: string): void {
  checkName(name, "changeSetName");
}

function checkName(name: string, member: string): void {
  if (name.length > 128) throw invalidName(name, member, "have length less than or equal to 128");
  if (!/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) {
    throw invalidName(name, member, "satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
  }
}

function invalidName(name: string, member: string, must: string): AwsError {
  return validationError(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must ${must}`,
  );
}
