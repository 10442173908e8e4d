const part = (name: string) => `\${${name}}`;
const arn = (service: string, resource: string) => `arn:${part("Partition")}:${service}:${resource}`;
const bucket = arn("s3", `::${part("BucketName")}`);
const ofIam = (type: string, name: string) => arn("iam", `:${part("Account")}:${type}/${part(name)}`);
const regional = (service: string, resource: string) =>
  arn(service, `${part("Region")}:${part("Account")}:${resource}`);

/** ARN format of the resource that an action works on, by the first pattern that fits the action. */
const templates: [action: RegExp, template: string][] = [
  [/^s3:(\w*Object(?!s)\w*|AbortMultipartUpload|ListMultipartUploadParts)$/i, `${bucket}/${part("KeyName")}`],
  [/^s3:(ListAllMyBuckets|\w*AccountPublicAccessBlock)$/i, "*"],
  [/^s3:(\w*Bucket\w*|\w+Configuration)$/i, bucket],
  [/^iam:List(Roles|Policies|Users)$/i, "*"],
  [/^(iam:(\w*Role\w*|Simulate\w+)|sts:(AssumeRole|TagSession))$/i, ofIam("role", "RoleNameWithPath")],
  [/^iam:\w*Policy\w*$/i, ofIam("policy", "PolicyNameWithPath")],
  [/^iam:\w*User\w*$/i, ofIam("user", "UserNameWithPath")],
  [/^kms:(CreateKey|ListKeys|ListAliases|GenerateRandom)$/i, "*"],
  [/^kms:\w+$/i, regional("kms", `key/${part("KeyId")}`)],
  [/^cloudformation:\w*Stacks?\w*$/i, regional("cloudformation", `stack/${part("StackName")}/${part("Id")}`)],
];

/** `*` stands for an action of no such format, or of one that the sandbox does not know. */
export function resourceTemplate(action: string): string {
  return templates.find(([pattern]) => pattern.test(action))?.[1] ?? "*";
}
