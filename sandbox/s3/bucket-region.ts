import type { RequestContext } from "../service";
import { S3Error } from "./error";
import type { S3Request } from "./request";
import { state } from "./state";

/** A signed request must be signed for the bucket's own Region; the answer names it, as in AWS. */
export function requireRegion(request: S3Request, { principal, partition, region, store }: RequestContext): void {
  if (principal.kind === "anonymous" || request.query.has("location") || isCreation(request)) return;
  const bucket = state({ store }).buckets.find(
    (bucket) => bucket.name === request.bucket && bucket.partition === partition,
  );
  if (!bucket || bucket.region === region) return;
  throw new S3Error(
    "AuthorizationHeaderMalformed",
    `The authorization header is malformed; the region '${region}' is wrong; expecting '${bucket.region}'`,
    400,
    { Region: bucket.region },
    { "x-amz-bucket-region": bucket.region },
  );
}

function isCreation({ method, key, query }: S3Request): boolean {
  return method === "PUT" && key === "" && [...query.keys()].every((name) => name === "x-id");
}
