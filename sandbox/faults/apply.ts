import type { HttpResponse } from "../protocol/http";
import type { AwsError } from "../service";
import { faultError } from "./fault-error";
import type { FaultRule } from "./rule";

/** Waits for so many milliseconds, or less when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface FaultTools {
  service: string;
  wait: Wait;
  signal: AbortSignal;
  encode(error: AwsError): HttpResponse;
}

/** Makes a request suffer what strikes it. Undefined means that it is to be answered after all. */
export async function applyFaults(
  struck: FaultRule[],
  { service, wait, signal, encode }: FaultTools,
): Promise<HttpResponse | "dropped" | undefined> {
  for (const rule of struck) {
    if (rule.kind === "latency" || rule.kind === "hang") await wait(rule.ms, signal);
    if (rule.kind === "hang" || rule.kind === "drop") return "dropped";
    if (rule.kind === "garbage") return garbage;
    const error = faultError(rule, service);
    if (error) return encode(error);
  }
  return undefined;
}

const garbage: HttpResponse = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><title>Sign in</title><p>Please sign in to this network & try again",
};
