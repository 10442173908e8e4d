import { variableFault } from "./policy-variable";

/** What an ARN of IAM's own may name (Service Authorization Reference, AWS Identity and Access Management). */
const iamTypes =
  /^(access-report|assumed-role|delegation-request|federated-user|group|instance-profile|mfa|oidc-provider|policy|report|role|saml-provider|server-certificate|sms-mfa|user)\/|^root$/;

/** What S3 keeps for an account (Service Authorization Reference, Amazon S3); buckets and objects belong to no Region. */
const s3Types = /^(accesspoint|access-grants|async-request|job|storage-lens|storage-lens-group)\//;

const form = "arn:aws:service:region:account:resource";

/**
 * What is wrong with a resource of a statement, by what IAM refuses on storing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceFault(text: string): string | undefined {
  if (text === "*") return undefined;
  const parts = text.split(":");
  const [prefix, partition, service = "", region = "", account = ""] = parts;
  if (prefix !== "arn") return 'must be "*" or an ARN such as arn:aws:s3:::my-bucket/*';
  if (partition !== "aws") return "must have the partition aws (arn:aws:…); the template puts the one of the stack";
  if (parts.length < 6)
    return `must have all six parts of an ARN, empty ones too: ${form}; a bucket is arn:aws:s3:::my-bucket`;
  if (!/^[a-z0-9-]+$/.test(service)) {
    return 'must name one service in lower case: IAM takes no wildcard there. Name several ARNs, or "*"';
  }
  const name = parts.slice(5).join(":");
  if (!/^[a-z0-9*?-]*$/.test(region)) return `must have a Region, a wildcard or nothing as its fourth part: ${form}`;
  if (!/^(\d{12}|aws|[*?]*)$/.test(account)) {
    return `must have 12 digits, aws, a wildcard or nothing as its account: ${form}; policy variables are possible only after it`;
  }
  if (name === "") return `must name something after the fifth colon: ${form}`;
  return placeFault(service, region, account, name) ?? variableFault(name);
}

function placeFault(service: string, region: string, account: string, name: string): string | undefined {
  if (service === "s3" && !s3Types.test(name) && region + account !== "") {
    return `must have neither Region nor account, because buckets have none: arn:aws:s3:::${name}`;
  }
  if ((service === "iam" || service === "route53") && region !== "") {
    return `must have no Region, because ${service} is global: arn:aws:${service}::${account}:${name}`;
  }
  if (service === "iam" && name !== "*" && !iamTypes.test(name)) {
    return "must name a kind of IAM resource with its slash, such as role/ or policy/, before any wildcard: arn:aws:iam::*:role/*";
  }
  return undefined;
}
