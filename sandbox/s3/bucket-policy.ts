import { shownPolicy } from "../iam/named-principals";
import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { isPublic } from "./public-policy";
import { readBucketPolicy } from "./read-bucket-policy";
import { empty, type S3Request } from "./request";
import { bucketArn } from "./state";

export function putBucketPolicy(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:PutBucketPolicy", { bucket, request }, context);
  const policy = readBucketPolicy(request.body.toString(), bucket, context);
  if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublic(policy.text)) {
    throw new S3Error(
      "AccessDenied",
      `User: ${context.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      403,
    );
  }
  bucket.policy = policy;
  return empty(204);
}

export function getBucketPolicy(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetBucketPolicy", { bucket, request }, context);
  if (bucket.policy === undefined) {
    throw new S3Error("NoSuchBucketPolicy", "The bucket policy does not exist", 404, { BucketName: bucket.name });
  }
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: shownPolicy(bucket.policy.text, bucket.policy.principalIds, context.store),
  };
}

export function deleteBucketPolicy(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:DeleteBucketPolicy", { bucket, request }, context);
  delete bucket.policy;
  return empty(204);
}
