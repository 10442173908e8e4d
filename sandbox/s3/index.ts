import type { HttpRequest, HttpResponse } from "../protocol/http";
import { AwsError, type Operation, type RequestContext, type Service } from "../service";
import { addressOf } from "./address";
import { putBucketEncryption } from "./bucket-encryption";
import { deleteBucketPolicy, putBucketPolicy } from "./bucket-policy";
import { requireRegion } from "./bucket-region";
import { putBucketVersioning } from "./bucket-versioning";
import { createBucket, deleteBucket, headBucket } from "./buckets";
import { notImplemented } from "./error";
import { deletePublicAccessBlock, putPublicAccessBlock } from "./public-access-block";
import { readObject } from "./read-object";
import { refuseUnsupported } from "./refuse-unsupported";
import type { S3Operation, S3Request } from "./request";
import { findRoute } from "./routes";

/** Answers one REST request to S3. `context.principal` may be anonymous. */
export function handleS3(request: HttpRequest, context: RequestContext): HttpResponse {
  const { status, headers, body } = run(request, context);
  return { status, headers: { "x-amz-request-id": context.requestId, ...headers }, body };
}

/** Name of the operation that a request asks for; empty when it asks for none. */
export function operationOf(request: HttpRequest): string {
  try {
    return findRoute(s3RequestOf(request))?.operation ?? "";
  } catch (error) {
    if (error instanceof AwsError) return "";
    throw error;
  }
}

function s3RequestOf(request: HttpRequest): S3Request {
  const { method, headers, body, url } = request;
  return { method, headers, body, query: url.searchParams, ...addressOf(request) };
}

function run(request: HttpRequest, context: RequestContext): HttpResponse {
  const s3Request = s3RequestOf(request);
  const { method, url } = request;
  const route = findRoute(s3Request);
  if (!route) throw notImplemented(`${method} ${url.search || request.path}`);
  refuseUnsupported(s3Request, route);
  requireRegion(s3Request, context);
  return route.run(s3Request, context);
}

/** S3 as other services of the sandbox call it: CloudFormation reads templates and makes buckets as the stack's caller. */
export const s3: Service = {
  name: "s3",
  protocol: "query",
  operations: {
    CreateBucket: onBucket("PUT", createBucket),
    HeadBucket: onBucket("HEAD", headBucket),
    DeleteBucket: onBucket("DELETE", deleteBucket),
    PutBucketPolicy: onBucket("PUT", putBucketPolicy),
    DeleteBucketPolicy: onBucket("DELETE", deleteBucketPolicy),
    PutPublicAccessBlock: onBucket("PUT", putPublicAccessBlock),
    DeletePublicAccessBlock: onBucket("DELETE", deletePublicAccessBlock),
    PutBucketVersioning: onBucket("PUT", putBucketVersioning),
    PutBucketEncryption: onBucket("PUT", putBucketEncryption),
    GetObject: ({ Bucket, Key, VersionId }, context) => {
      const query = new URLSearchParams(typeof VersionId === "string" ? { versionId: VersionId } : {});
      const request = {
        method: "GET",
        bucket: String(Bucket),
        key: String(Key),
        query,
        headers: {},
        body: Buffer.alloc(0),
      };
      const { body, headers } = readObject(request, context);
      return { Body: body.toString(), ETag: headers.etag, VersionId: headers["x-amz-version-id"] };
    },
  },
};

function onBucket(method: string, run: S3Operation): Operation {
  return ({ Bucket, Body = "" }, context) => {
    const body = Buffer.from(String(Body));
    run({ method, bucket: String(Bucket), key: "", query: new URLSearchParams(), headers: {}, body }, context);
    return {};
  };
}
