import type { RequestContext } from "../service";

interface PublicAccessBlock {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
}

export interface StoredVersion {
  key: string;
  /** `null` for objects stored while versioning was not enabled. */
  versionId: string;
  /** Epoch milliseconds. */
  modified: number;
  deleteMarker: boolean;
  /** Base64. */
  content: string;
  size: number;
  etag: string;
  /** Content-Type and the other headers that come back as they were sent. */
  headers: Record<string, string>;
  /** `x-amz-meta-*` without its prefix. */
  metadata: Record<string, string>;
  /** Header name to base64 digest. */
  checksums: Record<string, string>;
}

export interface BucketPolicy {
  text: string;
  /** Unique IDs of the users and roles that the policy names, as of the time it was stored. */
  principalIds: Record<string, string>;
}

export interface Bucket {
  name: string;
  accountId: string;
  region: string;
  partition: string;
  created: number;
  versioning?: "Enabled" | "Suspended";
  policy?: BucketPolicy;
  publicAccessBlock?: PublicAccessBlock;
  /** Oldest first: the last one of a key is its current version. */
  versions: StoredVersion[];
}

interface State {
  buckets: Bucket[];
}

export function state(context: Pick<RequestContext, "store">): State {
  return context.store.slice<State>("s3", () => ({ buckets: [] }));
}

export function bucketArn(bucket: { partition: string; name: string }): string {
  return `arn:${bucket.partition}:s3:::${bucket.name}`;
}

export function ownedByCaller(bucket: Bucket, context: RequestContext): boolean {
  return (
    context.principal.kind !== "anonymous" &&
    context.principal.accountId === bucket.accountId &&
    context.principal.partition === bucket.partition
  );
}
