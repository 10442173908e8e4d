import type { HttpResponse } from "../http";
import type { RequestContext } from "../service";
import { S3Error } from "./error";
import { type S3Request, xmlResponse } from "./request";
import { ownedByCaller, state } from "./state";
import { document, element, NAMESPACE } from "./xml";

export function listBuckets(_request: S3Request, context: RequestContext): HttpResponse {
  if (context.principal.kind === "anonymous") throw new S3Error("AccessDenied", "Access Denied", 403);
  context.authorize({ action: "s3:ListAllMyBuckets", resource: "*" });
  const buckets = state(context)
    .buckets.filter((bucket) => ownedByCaller(bucket, context))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((bucket) =>
      element("Bucket", [
        element("Name", bucket.name),
        element("CreationDate", new Date(bucket.created).toISOString()),
        element("BucketRegion", bucket.region),
      ]),
    );
  const owner = element("Owner", [element("ID", context.accountId)]);
  return xmlResponse(document(element("ListAllMyBucketsResult", [owner, element("Buckets", buckets)], NAMESPACE)));
}
