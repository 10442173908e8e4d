import { z } from "zod";
import type { RequestContext } from "../service";

export const publicBucketRequest = z.strictObject({
  bucket: z.string(),
  /** Whose bucket it becomes. */
  accountId: z.string().regex(/^\d{12}$/, "must be an AWS account ID: 12 digits"),
  region: z.string().default("us-east-1"),
});

export type PublicBucketRequest = z.input<typeof publicBucketRequest>;

/** Makes a bucket whose objects anyone may read, as CloudFormation reads a vendor's template for any customer. */
export async function createPublicBucket(
  request: PublicBucketRequest,
  contextFor: (accountId: string, region: string) => RequestContext,
): Promise<void> {
  const { bucket, accountId, region } = publicBucketRequest.parse(request);
  const context = contextFor(accountId, region);
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:${context.partition}:s3:::${bucket}/*`,
      },
    ],
  };
  await context.call("s3", "CreateBucket", { Bucket: bucket, Body: location(region) });
  await context.call("s3", "DeletePublicAccessBlock", { Bucket: bucket });
  await context.call("s3", "PutBucketPolicy", { Bucket: bucket, Body: JSON.stringify(policy) });
}

/** Outside of us-east-1 a bucket is made in the Region that its request names. */
function location(region: string): string {
  if (region === "us-east-1") return "";
  return `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}
