import { randomUUID } from "node:crypto";
import { authorize } from "../authorization/authorize";
import type { Wait } from "../faults/apply";
import type { Faults } from "../faults/faults";
import { partitionOf } from "../regions/partition";
import { AwsError, type Principal, type RequestContext, type Service } from "../service";
import { administrator } from "../service/principals";
import type { Store } from "../store";

/** What one running sandbox is made of; contexts of requests are cut from it. */
export interface Sandbox {
  store: Store;
  services: ReadonlyMap<string, Service>;
  url: string;
  propagationMs: number;
  faults: Faults;
  wait: Wait;
  now(): Date;
}

export interface Caller {
  principal: Principal;
  region: string;
  requestId: string;
  sourceIp: string;
  userAgent: string;
}

export function createContext(sandbox: Sandbox, caller: Caller): RequestContext {
  const { principal, region, requestId } = caller;
  const context: RequestContext = {
    principal,
    accountId: principal.accountId,
    region,
    partition: partitionOf(region),
    requestId,
    url: sandbox.url,
    propagationMs: sandbox.propagationMs,
    now: sandbox.now,
    wait: sandbox.wait,
    store: sandbox.store,
    actAs: (other, otherRegion) => createContext(sandbox, { ...caller, principal: other, region: otherRegion }),
    authorize: (authorization) => authorize(authorization, { ...caller, context }),
    call: async <T>(service: string, operation: string, input: Record<string, unknown>) => {
      const result = await callOperation(sandbox.services.get(service), operation, input, context);
      return result as T;
    },
  };
  return context;
}

export async function callOperation(
  service: Service | undefined,
  operation: string,
  input: Record<string, unknown>,
  context: RequestContext,
): Promise<unknown> {
  const run = service && Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
  if (!run) {
    throw new AwsError(
      "InvalidAction",
      `The sandbox does not support the operation ${operation} of ${service?.name ?? "an unknown service"}.`,
    );
  }
  return await run(input, context);
}

export function administratorContext(sandbox: Sandbox, accountId: string, region: string): RequestContext {
  return createContext(sandbox, {
    principal: administrator(accountId, partitionOf(region)),
    region,
    requestId: randomUUID(),
    sourceIp: "127.0.0.1",
    userAgent: "sandbox-console",
  });
}
