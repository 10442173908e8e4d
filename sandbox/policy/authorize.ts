import { awsManagedPolicy } from "../iam/aws-managed-policies";
import type { Role } from "../iam/entities";
import { accountOf, defaultDocument, propagatedPolicy, propagatedRole } from "../iam/state";
import { type Authorization, AwsError, type Principal, type RequestContext } from "../service";
import { type PolicyDocument, parsePolicy } from "./document";
import { type Decision, evaluate, type Policies } from "./evaluate";
import { RequestKeys } from "./request-keys";

export interface AuthorizationScope {
  context: RequestContext;
  sourceIp: string;
  userAgent: string;
}

/** Throws AccessDenied unless identity, boundary, session and resource policies together allow the action. */
export function authorize(authorization: Authorization, scope: AuthorizationScope): void {
  const decision = decide(authorization, scope);
  if (decision.allowed) return;
  const { principal } = scope.context;
  const { action, resource } = authorization;
  throw new AwsError(
    "AccessDenied",
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason(decision, action)}`,
    403,
  );
}

const kinds = {
  identity: ["an", "identity-based policy"],
  resource: ["a", "resource-based policy"],
  boundary: ["a", "permissions boundary"],
  session: ["a", "session policy"],
} as const;

function reason(decision: Decision & { allowed: false }, action: string): string {
  const [article, kind] = kinds[decision.by];
  return decision.explicit
    ? `with an explicit deny in ${article} ${kind}`
    : `because no ${kind} allows the ${action} action`;
}

function decide(authorization: Authorization, scope: AuthorizationScope): Decision {
  const { context } = scope;
  const { action, resource, resourcePolicy, resourcePolicyRequired = false, principalIds } = authorization;
  const role = roleOf(context);
  const resourceAccountId = authorization.resourceAccountId ?? context.accountId;
  return evaluate(
    {
      ...callerPolicies(context, role),
      resourceRequired: resourcePolicyRequired,
      ...(resourcePolicy === undefined ? {} : { resource: parsePolicy(resourcePolicy) }),
      ...(principalIds ? { principalIds } : {}),
    },
    {
      caller: context.principal,
      action,
      resource,
      resourceAccountId,
      keys: new RequestKeys({
        ...globalKeys(scope, role),
        "aws:ResourceAccount": resourceAccountId,
        ...authorization.conditionKeys,
      }),
    },
  );
}

function roleOf({ principal, store, ...clock }: RequestContext): Role | undefined {
  if (!principal.roleName) return undefined;
  const role = propagatedRole(accountOf(store, principal.partition, principal.accountId), principal.roleName, clock);
  return role?.id === principal.roleId ? role : undefined;
}

function callerPolicies(context: RequestContext, role: Role | undefined): Policies {
  const { principal } = context;
  if (principal.kind === "user") {
    return { identity: managed(context, [`arn:${principal.partition}:iam::aws:policy/AdministratorAccess`]) };
  }
  if (!role) return { identity: [] };
  const boundary = role.permissionsBoundary ? managed(context, [role.permissionsBoundary])[0] : undefined;
  return {
    identity: [...Object.values(role.inlinePolicies).map(parsePolicy), ...managed(context, role.attachedPolicies)],
    ...(role.permissionsBoundary ? { boundary: boundary ?? nothing } : {}),
    ...(principal.sessionPolicies ? { session: principal.sessionPolicies.map(parsePolicy) } : {}),
  };
}

/** Caps everything: what a boundary amounts to whose policy is gone. */
const nothing: PolicyDocument = { version: "2012-10-17", versionStated: true, statements: [] };

function managed({ store, ...clock }: RequestContext, arns: string[]): PolicyDocument[] {
  return arns.flatMap((arn) => {
    const policy = awsManagedPolicy(arn) ?? propagatedPolicy(store, arn, clock);
    return policy ? [parsePolicy(defaultDocument(policy))] : [];
  });
}

const principalTypes: Record<Principal["kind"], string> = {
  user: "User",
  "assumed-role": "AssumedRole",
  anonymous: "Anonymous",
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function globalKeys({ context, sourceIp, userAgent }: AuthorizationScope, role: Role | undefined) {
  const { principal, region } = context;
  const now = context.now();
  const isSession = principal.kind === "assumed-role";
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
    ...(principal.kind === "anonymous"
      ? {}
      : {
          "aws:PrincipalArn": principal.principalArn,
          "aws:PrincipalAccount": principal.accountId,
          "aws:userid": principal.userId,
        }),
    ...(principal.kind === "user" ? { "aws:username": principal.name } : {}),
    ...(isSession ? { "aws:MultiFactorAuthPresent": "false" } : {}),
    ...(principal.issuedAt === undefined ? {} : { "aws:TokenIssueTime": new Date(principal.issuedAt).toISOString() }),
    ...Object.fromEntries((role?.tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  };
}
