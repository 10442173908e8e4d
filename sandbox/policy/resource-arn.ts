import { malformed } from "./document";

/** What an ARN of IAM's own may name (Service Authorization Reference, list_awsidentityandaccessmanagementiam). */
const iamTypes = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
  "assumed-role/",
  "delegation-request/",
  "root",
];

/** What S3 keeps for an account; its buckets and their objects have neither Region nor account. */
const s3Types = /^(accesspoint|access-grants|async-request|job|storage-lens|storage-lens-group)\//;

const failedParsing = () => malformed("The policy failed legacy parsing");

/**
 * Refuses a resource that is no ARN, with IAM's words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function requireArn(resource: string, accountPartition?: string): void {
  if (resource === "*") return;
  const parts = resource.split(":");
  const [prefix, partition, service, region = "", account = ""] = parts;
  if (partition === undefined) throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  if (prefix !== "arn" || !isPartition(partition, accountPartition)) {
    throw malformed(`Partition "${partition}" is not valid for resource "${asArn(parts)}".`);
  }
  if (service === undefined || /[*?]/.test(service)) {
    throw malformed("Resource vendor must be fully qualified and cannot contain regexes.");
  }
  const name = parts.slice(5).join(":");
  const hasShape = /^[A-Za-z0-9-]+$/.test(service) && /^[a-z0-9*?-]*$/.test(region) && isAccount(account);
  if (parts.length < 6 || !hasShape || name === "") throw failedParsing();
  requireUnplaced(resource, { service, region, account, name });
  if (service === "iam" && name !== "*" && !iamTypes.some((type) => name.startsWith(type))) {
    throw malformed(`IAM resource path must either be "*" or start with ${iamTypes.join(", ")}.`);
  }
}

interface ArnParts {
  service: string;
  region: string;
  account: string;
  name: string;
}

function requireUnplaced(resource: string, { service, region, account, name }: ArnParts): void {
  const isBucket = service === "s3" && !s3Types.test(name);
  if (service === "iam" && isStated(region)) {
    throw malformed(`IAM resource ${resource} cannot contain region information.`);
  }
  if ((isBucket || service === "route53") && isStated(region)) {
    throw malformed(`Resource ${resource} can not contain region information.`);
  }
  if (isBucket && isStated(account)) throw malformed(`Resource ${resource} cannot contain an account id.`);
}

function isStated(part: string): boolean {
  return !/^[*?]*$/.test(part);
}

function isPartition(partition: string, accountPartition: string | undefined): boolean {
  if (/^[a-z-]*[*?][a-z*?-]*$/.test(partition)) return true;
  return accountPartition === undefined ? /^aws(-[a-z]+)*$/.test(partition) : partition === accountPartition;
}

/** A policy variable is none: IAM knows them behind the fifth colon alone. */
function isAccount(account: string): boolean {
  return /^(\d{12}|[a-z-]*|[\d*?]*[*?][\d*?]*)$/.test(account);
}

/** As IAM quotes it: whatever stood before the first colon, and `*` for what is missing. */
function asArn([, ...parts]: string[]): string {
  return ["arn", ...parts, ...Array.from({ length: Math.max(0, 5 - parts.length) }, () => "*")].join(":");
}
