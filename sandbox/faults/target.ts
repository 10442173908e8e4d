import { accountOfKey } from "../authorization/credentials";
import type { HttpRequest } from "../protocol/http";
import type { Signature } from "../protocol/sigv4";
import { operationOf as s3Operation } from "../s3";
import type { Service } from "../service";
import type { Store } from "../store";
import type { FaultTarget } from "./faults";

/** What a request is about, read before anything of it is checked. */
export function faultTarget(
  request: HttpRequest,
  { service, signature, store }: { service: Service | undefined; signature: Signature | undefined; store: Store },
): FaultTarget {
  return {
    service: service?.name ?? "s3",
    operation: service ? operationName(request) : s3Operation(request),
    region: signature?.region ?? "",
    accountId: signature && accountOfKey(signature.accessKeyId, store),
  };
}

function operationName(request: HttpRequest): string {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.lastIndexOf(".") + 1);
  return new URLSearchParams(request.body.toString()).get("Action") ?? request.url.searchParams.get("Action") ?? "";
}
