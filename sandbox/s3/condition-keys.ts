import type { RequestContext } from "../service";
import { header, type S3Request } from "./request";
import type { Bucket } from "./state";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export function conditionKeys(
  { bucket, request }: { bucket: Pick<Bucket, "accountId">; request: S3Request },
  { principal, now }: RequestContext,
): Record<string, string> {
  const { query } = request;
  const signedAt = query.get("X-Amz-Date");
  const keys = {
    "s3:ResourceAccount": bucket.accountId,
    // The sandbox stands for an endpoint that is only reached by TLS.
    "s3:TlsVersion": "1.3",
    "s3:VersionId": query.get("versionId"),
    "s3:delimiter": query.get("delimiter"),
    "s3:max-keys": query.get("max-keys"),
    "s3:prefix": query.get("prefix"),
    "s3:x-amz-acl": header(request, "x-amz-acl"),
    "s3:x-amz-content-sha256": header(request, "x-amz-content-sha256"),
    "s3:x-amz-server-side-encryption": header(request, "x-amz-server-side-encryption"),
    ...(principal.kind === "anonymous"
      ? {}
      : {
          "s3:authType": query.has("X-Amz-Signature") ? "REST-QUERY-STRING" : "REST-HEADER",
          "s3:signatureversion": "AWS4-HMAC-SHA256",
          "s3:signatureAge": signedAt ? String(now().getTime() - instant(signedAt)) : undefined,
        }),
  };
  return Object.fromEntries(Object.entries(keys).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Epoch milliseconds of `20260102T030405Z`. */
function instant(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
