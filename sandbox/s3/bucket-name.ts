import { isIPv4 } from "node:net";
import { S3Error } from "./error";

const RESERVED_START = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_END = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(name: string): void {
  const valid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !isIPv4(name) &&
    !RESERVED_START.some((start) => name.startsWith(start)) &&
    !RESERVED_END.some((end) => name.endsWith(end));
  if (!valid) throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
}
