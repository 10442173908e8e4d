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
    properties: withoutSecrets(JSON.stringify(resource.properties), stack),
    at,
    token,
  });
}

/** Events show stars for what is not to be echoed, be it a parameter or an attribute of a custom resource. */
function withoutSecrets(properties: string, { parameters, resources }: StackRecord): string {
  const attributes = resources.filter(({ noEcho }) => noEcho).flatMap((resource) => Object.values(resource.attributes));
  const secrets = [...parameters.filter(({ noEcho }) => noEcho).map(({ value }) => value), ...attributes];
  return secrets
    .filter((secret) => typeof secret === "string" && secret !== "")
    .reduce<string>((text, secret) => text.replaceAll(JSON.stringify(secret).slice(1, -1), "****"), properties);
}
