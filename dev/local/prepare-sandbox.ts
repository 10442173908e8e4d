import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { CrossAccountConfig } from "@/lib/crossaccount";
import type { Environment } from "./processes";

/**
 * What a vendor has in its own AWS account before the portal starts: a versioned bucket for templates per partition, whose
 * `templates/` may be read by everyone.
 */
export async function prepareSandbox(environment: Environment, config: CrossAccountConfig): Promise<void> {
  const buckets = [
    { name: environment.TEMPLATE_S3_BUCKET ?? config.templateS3Bucket, region: config.defaultRegion, partition: "aws" },
    ...Object.entries(config.partitions).map(([partition, settings]) => ({
      name: settings.templateS3Bucket,
      region: settings.defaultRegion,
      partition,
    })),
  ];
  await Promise.all(buckets.map((bucket) => prepareBucket(bucket, environment)));
}

async function prepareBucket(
  { name, region, partition }: { name: string; region: string; partition: string },
  environment: Environment,
): Promise<void> {
  const s3 = new S3Client({
    region,
    endpoint: environment.AWS_ENDPOINT_URL,
    forcePathStyle: true,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
  try {
    if (await exists(s3, name)) return;
    await s3.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: region === "us-east-1" ? undefined : { LocationConstraint: region as never },
      }),
    );
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: "Enabled" } }));
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: name }));
    await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify(readable(name, partition)) }));
  } finally {
    s3.destroy();
  }
}

async function exists(s3: S3Client, name: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return false;
    throw error;
  }
}

function readable(bucket: string, partition: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadTemplates",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `arn:${partition}:s3:::${bucket}/templates/*`,
      },
    ],
  };
}
