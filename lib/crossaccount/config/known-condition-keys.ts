export type KeyKind = "text" | "account" | "arn" | "bool" | "date" | "seconds" | "number" | "ip";

export interface KnownKey {
  readonly kind: KeyKind;
  /** A request may have several values of it. */
  readonly several?: true;
}

const of = (kind: KeyKind, ...names: string[]) => names.map((name): [string, KnownKey] => [name, { kind }]);
const severalTexts = (...names: string[]) =>
  names.map((name): [string, KnownKey] => [name, { kind: "text", several: true }]);

/** Keys that are followed by the name of a tag, whose value may be anything. */
export const tagKeys: readonly string[] = ["aws:PrincipalTag", "aws:RequestTag", "aws:ResourceTag"];

/**
 * Every global key, and keys of services that are often used, by what they hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const knownKeys: Readonly<Record<string, KnownKey>> = Object.fromEntries([
  ...of("account", "aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount", "aws:VpceAccount"),
  ...of("arn", "aws:ChatbotSourceArn", "aws:PrincipalArn", "aws:SignInSessionArn", "aws:SourceArn", "aws:SourceVpcArn"),
  ...of("bool", "aws:AssumedRoot", "aws:IsMcpServiceAction", "aws:MultiFactorAuthPresent", "aws:PrincipalIsAWSService"),
  ...of("bool", "aws:SecureTransport", "aws:ViaAWSMCPService", "aws:ViaAWSService"),
  ...of("date", "aws:CurrentTime", "aws:TokenIssueTime"),
  ...of("seconds", "aws:EpochTime"),
  ...of("number", "aws:MultiFactorAuthAge"),
  ...of("ip", "aws:Ec2InstanceSourcePrivateIPv4", "aws:SourceIp", "aws:VpcSourceIp"),
  ...of("text", "aws:CalledViaAWSMCP", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:Ec2InstanceSourceVpc"),
  ...of("text", "aws:FederatedProvider", "aws:PrincipalOrgID", "aws:PrincipalServiceName", "aws:PrincipalType"),
  ...of("text", "aws:Referer", "aws:RequestedRegion", "aws:ResourceOrgID", "aws:SourceIdentity", "aws:SourceOrgID"),
  ...of("text", "aws:SourceVpc", "aws:SourceVpce", "aws:UserAgent", "aws:VpceOrgID", "aws:userid", "aws:username"),
  ...severalTexts("aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:ResourceOrgPaths"),
  ...severalTexts("aws:SourceOrgPaths", "aws:TagKeys", "aws:VpceOrgPaths"),
  ...of("arn", "ec2:InstanceProfile", "ec2:SourceInstanceARN", "ec2:Vpc", "iam:AssociatedResourceArn", "iam:PolicyARN"),
  ...of("arn", "iam:PermissionsBoundary", "lambda:SourceFunctionArn"),
  ...of("bool", "ec2:Encrypted", "ec2:EbsOptimized", "kms:GrantIsForAWSResource", "kms:MultiRegion"),
  ...of("number", "ec2:VolumeSize", "ec2:VolumeIops", "s3:max-keys", "s3:signatureAge", "s3:TlsVersion"),
  ...of("number", "sts:DurationSeconds"),
  ...of("text", "ec2:CreateAction", "ec2:InstanceType", "ec2:Owner", "ec2:Region", "ec2:Tenancy", "ec2:VolumeType"),
  ...of("text", "iam:AWSServiceName", "iam:PassedToService", "kms:ViaService", "sts:ExternalId", "sts:RoleSessionName"),
  ...of("account", "kms:CallerAccount", "s3:ResourceAccount"),
  ...severalTexts("dynamodb:Attributes", "dynamodb:LeadingKeys", "kms:EncryptionContextKeys", "kms:ResourceAliases"),
  ...severalTexts("sts:TransitiveTagKeys"),
]);
