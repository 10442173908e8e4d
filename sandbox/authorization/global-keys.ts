import type { Role } from "../iam/entities";
import { propagatedMembership } from "../organization/state";
import type { Principal, RequestContext } from "../service";
import { isUnsigned } from "../service/principals";

export interface AuthorizationScope {
  context: RequestContext;
  sourceIp: string;
  userAgent: string;
}

/** None is documented for a web identity, so a policy that asks for its type is refused as not supported. */
const principalTypes: Partial<Record<Principal["kind"], string>> = {
  user: "User",
  "assumed-role": "AssumedRole",
  anonymous: "Anonymous",
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function globalKeys(
  { context, sourceIp, userAgent }: AuthorizationScope,
  { role, resourceAccountId }: { role: Role | undefined; resourceAccountId: string },
) {
  const { principal, region } = context;
  const now = context.now();
  const isSession = principal.kind === "assumed-role";
  const { store, ...clock } = context;
  const organizationOf = (accountId: string) => propagatedMembership(store, accountId, clock)?.organizationId;
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:RequestedRegion": region,
    // The sandbox stands for an endpoint that is only reached by TLS.
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp.replace(/^::ffff:/, ""),
    "aws:UserAgent": userAgent,
    "aws:ViaAWSService": "false",
    "aws:PrincipalType": principalTypes[principal.kind],
    "aws:PrincipalIsAWSService": "false",
    ...(isUnsigned(principal)
      ? {}
      : {
          "aws:PrincipalArn": principal.principalArn,
          "aws:PrincipalAccount": principal.accountId,
          "aws:userid": principal.userId,
          "aws:PrincipalOrgID": organizationOf(principal.accountId),
        }),
    "aws:ResourceAccount": resourceAccountId,
    "aws:ResourceOrgID": organizationOf(resourceAccountId),
    ...(principal.kind === "user" ? { "aws:username": principal.name } : {}),
    ...(isSession ? { "aws:MultiFactorAuthPresent": "false" } : {}),
    ...(principal.issuedAt === undefined ? {} : { "aws:TokenIssueTime": new Date(principal.issuedAt).toISOString() }),
    ...Object.fromEntries((role?.tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  };
}
