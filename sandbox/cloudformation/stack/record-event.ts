import { randomUUID } from "node:crypto";
import type { RequestContext } from "../../service";
import type { ResourceRecord, StackRecord } from "./state";

/** What an operation on one stack carries with it. */
export interface Deployment {
  stack: StackRecord;
  context: RequestContext;
  /** The caller's ClientRequestToken, which every event of the operation repeats. */
  token?: string;
}

export function setStackStatus({ stack, context, token }: Deployment, status: string, reason?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  stack.events.push({
    id: randomUUID(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: "AWS::CloudFormation::Stack",
    status,
    reason,
    at: context.now().getTime(),
    token,
  });
}

export function setResourceStatus(
  { stack, context, token }: Deployment,
  resource: ResourceRecord,
  status: string,
  reason?: string,
): void {
  const at = context.now().getTime();
  Object.assign(resource, { status, statusReason: reason, updatedAt: at });
  stack.events.push({
    id: `${resource.logicalId}-${randomUUID()}`,
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    reason,
    properties: JSON.stringify(resource.properties),
    at,
    token,
  });
}
