import type { HttpResponse } from "../http";
import { isRegion } from "../partition";
import type { RequestContext } from "../service";
import { checkBucketName } from "./bucket-name";
import { S3Error } from "./error";
import { empty, type S3Request } from "./request";
import { bucketArn, ownedByCaller, state } from "./state";
import { flatDocument } from "./xml";

const LEGACY_REGION = "us-east-1";

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
