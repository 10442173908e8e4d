import { AwsError } from "../service";
import type { FaultRule } from "./rule";

/** The error that a service answers under a rule; undefined for a rule whose requests get no AWS error. */
export function faultError(rule: FaultRule, service: string): AwsError | undefined {
  switch (rule.kind) {
    case "throttle":
      return throttled(service);
    case "outage":
      return outage(service, rule.status ?? 503);
    case "error":
      return new AwsError(rule.code, rule.message ?? "Injected by the sandbox", rule.status ?? 400);
    default:
      return undefined;
  }
}

function throttled(service: string): AwsError {
  if (service === "s3") return new AwsError("SlowDown", "Please reduce your request rate.", 503);
  return service === "kms"
    ? new AwsError("ThrottlingException", "Rate exceeded")
    : new AwsError("Throttling", "Rate exceeded");
}

function outage(service: string, status: 500 | 503): AwsError {
  const code = codes[service === "s3" ? "s3" : "others"][status];
  return new AwsError(code, "The request failed because of an internal error. Please try again.", status);
}

const codes = {
  s3: { 500: "InternalError", 503: "ServiceUnavailable" },
  others: { 500: "InternalFailure", 503: "ServiceUnavailable" },
} as const;
