import { getBucketEncryption, putBucketEncryption } from "./bucket-encryption";
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from "./bucket-policy";
import { getBucketVersioning, putBucketVersioning } from "./bucket-versioning";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./buckets";
import { deleteObject } from "./delete-object";
import { listObjectVersions } from "./list-object-versions";
import { listObjects } from "./list-objects";
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from "./public-access-block";
import { putObject } from "./put-object";
import { readObject } from "./read-object";
import type { S3Operation, S3Request } from "./request";
import { OVERRIDES } from "./response-overrides";

export interface Route {
  /** Method, level and the query parameter that selects the operation, if one does. */
  match: string;
  /** As the API names it. */
  operation: string;
  run: S3Operation;
  /** Query parameters that the operation understands; any other is refused. */
  query?: string[];
  /** `x-amz-` headers that the operation understands beyond those of every request. */
  headers?: string[];
}

const LIST = [
  "list-type",
  "prefix",
  "delimiter",
  "max-keys",
  "start-after",
  "continuation-token",
  "encoding-type",
  "fetch-owner",
];
const WRITE = ["x-amz-acl", "x-amz-server-side-encryption", "x-amz-storage-class"];

const ROUTES: Route[] = [
  { match: "GET service", operation: "ListBuckets", run: listBuckets },
  {
    match: "PUT bucket",
    operation: "CreateBucket",
    run: createBucket,
    headers: ["x-amz-acl", "x-amz-object-ownership"],
  },
  { match: "HEAD bucket", operation: "HeadBucket", run: headBucket },
  { match: "DELETE bucket", operation: "DeleteBucket", run: deleteBucket },
  { match: "GET bucket location", operation: "GetBucketLocation", run: getBucketLocation },
  { match: "PUT bucket versioning", operation: "PutBucketVersioning", run: putBucketVersioning },
  { match: "GET bucket versioning", operation: "GetBucketVersioning", run: getBucketVersioning },
  { match: "PUT bucket policy", operation: "PutBucketPolicy", run: putBucketPolicy },
  { match: "GET bucket policy", operation: "GetBucketPolicy", run: getBucketPolicy },
  { match: "DELETE bucket policy", operation: "DeleteBucketPolicy", run: deleteBucketPolicy },
  { match: "PUT bucket publicAccessBlock", operation: "PutPublicAccessBlock", run: putPublicAccessBlock },
  { match: "GET bucket publicAccessBlock", operation: "GetPublicAccessBlock", run: getPublicAccessBlock },
  { match: "DELETE bucket publicAccessBlock", operation: "DeletePublicAccessBlock", run: deletePublicAccessBlock },
  { match: "PUT bucket encryption", operation: "PutBucketEncryption", run: putBucketEncryption },
  { match: "GET bucket encryption", operation: "GetBucketEncryption", run: getBucketEncryption },
  { match: "GET bucket list-type", operation: "ListObjectsV2", run: listObjects, query: LIST },
  { match: "GET bucket versions", operation: "ListObjectVersions", run: listObjectVersions, query: ["prefix"] },
  { match: "PUT object", operation: "PutObject", run: putObject, headers: WRITE },
  { match: "GET object", operation: "GetObject", run: readObject, query: ["versionId", ...OVERRIDES] },
  { match: "HEAD object", operation: "HeadObject", run: readObject, query: ["versionId", ...OVERRIDES] },
  { match: "DELETE object", operation: "DeleteObject", run: deleteObject, query: ["versionId"] },
];

/** Names of all operations, as the API has them. */
export const s3Operations: readonly string[] = ROUTES.map(({ operation }) => operation);

const SELECTORS = new Set(ROUTES.flatMap(({ match }) => match.split(" ")[2] ?? []));

export function findRoute({ method, bucket, key, query }: S3Request): Route | undefined {
  const level = bucket === "" ? "service" : key === "" ? "bucket" : "object";
  const selector = [...query.keys()].find((name) => SELECTORS.has(name));
  const wanted = [method, level, ...(selector === undefined ? [] : [selector])].join(" ");
  return ROUTES.find(({ match }) => match === wanted);
}
