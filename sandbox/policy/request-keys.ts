import { AwsError } from "../service";
import { isClaimKey } from "./claims";

/**
 * Keys that the sandbox understands though a given request may lack them. A key outside this list and outside the
 * request's own keys is one whose absence would mean nothing, so it is an error rather than missing.
 */
const understood = [
  "aws:AssumedRoot",
  "aws:CalledVia",
  "aws:CalledViaFirst",
  "aws:CalledViaLast",
  "aws:FederatedProvider",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:PrincipalTag/",
  "aws:Referer",
  "aws:RequestTag/",
  "aws:ResourceOrgID",
  "aws:ResourceOrgPaths",
  "aws:ResourceTag/",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIdentity",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceOwner",
  "aws:SourceVpc",
  "aws:SourceVpce",
  "aws:TagKeys",
  "aws:TokenIssueTime",
  "aws:VpcSourceIp",
  "aws:userid",
  "aws:username",
  "cloudformation:ChangeSetName",
  "cloudformation:CreateAction",
  "cloudformation:ImportResourceTypes",
  "cloudformation:ResourceTypes",
  "cloudformation:RoleArn",
  "cloudformation:StackPolicyUrl",
  "cloudformation:TemplateUrl",
  "iam:AWSServiceName",
  "iam:PassedToService",
  "iam:PermissionsBoundary",
  "iam:PolicyARN",
  "iam:ResourceTag/",
  "kms:BypassPolicyLockoutSafetyCheck",
  "kms:CallerAccount",
  "kms:EncryptionAlgorithm",
  "kms:EncryptionContext:",
  "kms:EncryptionContextKeys",
  "kms:GrantIsForAWSResource",
  "kms:KeyOrigin",
  "kms:KeySpec",
  "kms:KeyUsage",
  "kms:MultiRegion",
  "kms:RequestAlias",
  "kms:ResourceAliases",
  "kms:ViaService",
  "s3:ExistingObjectTag/",
  "s3:ResourceAccount",
  "s3:TlsVersion",
  "s3:VersionId",
  "s3:authType",
  "s3:delimiter",
  "s3:max-keys",
  "s3:prefix",
  "s3:signatureAge",
  "s3:signatureversion",
  "s3:x-amz-acl",
  "s3:x-amz-content-sha256",
  "s3:x-amz-server-side-encryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "sns:Endpoint",
  "sns:Protocol",
  "sts:AWSServiceName",
  "sts:DurationSeconds",
  "sts:ExternalId",
  "sts:RoleSessionName",
  "sts:SourceIdentity",
  "sts:TransitiveTagKeys",
].map((key) => key.toLowerCase());

/** Condition keys of one request. Names are compared without regard to case. */
export class RequestKeys {
  readonly #values: Map<string, string[]>;
  readonly #onMissing: (key: string) => void;

  /** `onMissing` hears each key that was asked for and has no value; as it is, it throws where that means nothing. */
  constructor(values: Record<string, string | string[] | undefined>, onMissing = requireUnderstood) {
    const present = Object.entries(values).filter(([, value]) => value !== undefined);
    this.#values = new Map(present.map(([key, value]) => [key.toLowerCase(), [value ?? []].flat()]));
    this.#onMissing = onMissing;
  }

  get(key: string): string[] | undefined {
    const value = this.#values.get(key.toLowerCase());
    if (value === undefined) this.#onMissing(key);
    return value;
  }

  /** The one value of a key, as policy variables take it; one with several values has none for them. */
  single(key: string): string | undefined {
    const values = this.get(key);
    return values?.length === 1 ? values[0] : undefined;
  }
}

function requireUnderstood(key: string): void {
  const name = key.toLowerCase();
  if (understood.some((known) => (/[/:]$/.test(known) ? name.startsWith(known) : name === known))) return;
  if (isClaimKey(name)) return;
  throw new AwsError("NotImplemented", `The sandbox does not support the condition key ${key}.`, 501);
}
