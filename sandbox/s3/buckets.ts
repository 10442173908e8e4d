import { isIPv4 } from "node:net";
import type { HttpResponse } from "../protocol/http";
import { isRegion } from "../regions/partition";
import type { RequestContext } from "../service";
import { authorizeBucket, authorizeOwner } from "./authorize";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { empty, type S3Request, xmlResponse } from "./request";
import { bucketArn, ownedByCaller, state } from "./state";
import { document, element, flatDocument, NAMESPACE } from "./xml";

const LEGACY_REGION = "us-east-1";
const RESERVED_START = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_END = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

export function createBucket(request: S3Request, context: RequestContext): HttpResponse {
  const { bucket: name } = request;
  const { region, partition, accountId } = context;
  checkBucketName(name);
  checkLocation(locationConstraint(request), region);
  context.authorize({ action: "s3:CreateBucket", resource: bucketArn({ partition, name }) });
  const { buckets } = state(context);
  const other = buckets.find((bucket) => bucket.name === name && bucket.partition === partition);
  const headers = { location: region === LEGACY_REGION ? `/${name}` : `${context.url}/${name}` };
  if (!other) {
    const publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    const created = context.now().getTime();
    buckets.push({ name, accountId, region, partition, created, publicAccessBlock, versions: [] });
    return empty(200, headers);
  }
  if (!ownedByCaller(other, context)) {
    throw new S3Error(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      409,
      { BucketName: name },
    );
  }
  if (region === LEGACY_REGION && other.region === LEGACY_REGION) return empty(200, headers);
  throw new S3Error(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    409,
    { BucketName: name },
  );
}

export function headBucket(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeBucket("s3:ListBucket", { bucket, request }, context);
  return empty(200, { "x-amz-bucket-region": bucket.region, "x-amz-access-point-alias": "false" });
}

/** Empty for us-east-1, as in AWS. */
export function getBucketLocation(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetBucketLocation", { bucket, request }, context);
  const location = bucket.region === LEGACY_REGION ? "" : bucket.region;
  return xmlResponse(document(element("LocationConstraint", location, NAMESPACE)));
}

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

export function deleteBucket(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:DeleteBucket", { bucket, request }, context);
  if (bucket.versions.length > 0) {
    const message = bucket.versioning
      ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
      : "The bucket you tried to delete is not empty";
    throw new S3Error("BucketNotEmpty", message, 409, { BucketName: bucket.name });
  }
  const s3 = state(context);
  s3.buckets = s3.buckets.filter((other) => other !== bucket);
  return empty(204);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkBucketName(name: string): void {
  const valid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !isIPv4(name) &&
    !RESERVED_START.some((start) => name.startsWith(start)) &&
    !RESERVED_END.some((end) => name.endsWith(end));
  if (!valid) throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
}

function locationConstraint({ body }: S3Request): string | undefined {
  if (body.length === 0) return undefined;
  return flatDocument(body.toString(), "CreateBucketConfiguration", ["LocationConstraint"]).LocationConstraint;
}

function checkLocation(constraint: string | undefined, region: string): void {
  if (constraint === (region === LEGACY_REGION ? undefined : region)) return;
  if (constraint !== undefined && (constraint === LEGACY_REGION || !isRegion(constraint))) {
    throw new S3Error("InvalidLocationConstraint", "The specified location-constraint is not valid", 400, {
      LocationConstraint: constraint,
    });
  }
  throw new S3Error(
    "IllegalLocationConstraintException",
    `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    400,
  );
}
