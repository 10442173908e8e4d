import type { Role } from "../iam/entities";
import { accountOf, defaultDocument, isOpaque, propagatedPolicy, propagatedRole, unknownText } from "../iam/state";
import { AccessDenied } from "../policy/access-denied";
import { type PolicyDocument, parsePolicy } from "../policy/document";
import { type Decision, evaluate, type Policies } from "../policy/evaluate";
import { RequestKeys } from "../policy/request-keys";
import type { Authorization, RequestContext } from "../service";
import { type AuthorizationScope, globalKeys } from "./global-keys";
import { organizationPolicies } from "./organization-policies";

/** Throws AccessDenied unless identity, boundary, session, resource and organization policies together allow the action. */
export function authorize(authorization: Authorization, { context, ...request }: AuthorizationScope): void {
  const scope = { context: authorization.as ? { ...context, principal: authorization.as } : context, ...request };
  const decision = decide(authorization, scope);
  if (decision.allowed) return;
  if (!decision.explicit && decision.by === "identity") refuseToGuess(scope.context);
  throw new AccessDenied(decision, { ...authorization, who: scope.context.principal.arn });
}

function decide(authorization: Authorization, scope: AuthorizationScope): Decision {
  const { context } = scope;
  const { action, resource, resourcePolicy, resourcePolicyRequired = false, principalIds } = authorization;
  const role = roleOf(context);
  const resourceAccountId = authorization.resourceAccountId ?? context.accountId;
  return evaluate(
    {
      ...callerPolicies(context, role),
      ...organizationPolicies(context, { action, resourceAccountId }),
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
        ...globalKeys(scope, { role, resourceAccountId }),
        ...authorization.conditionKeys,
      }),
    },
  );
}

/** What the known policies do not allow, one whose text the sandbox does not know may. */
function refuseToGuess(context: RequestContext): void {
  const { store, ...clock } = context;
  const attached = roleOf(context)?.attachedPolicies.flatMap((arn) => propagatedPolicy(store, arn, clock) ?? []) ?? [];
  const opaque = attached.find(isOpaque);
  if (opaque) throw unknownText(opaque.arn);
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
    identity: [...Object.values(role.inlinePolicies).map(parsePolicy), ...known(context, role.attachedPolicies)],
    ...(role.permissionsBoundary ? { boundary: boundary ?? nothing } : {}),
    ...(principal.sessionPolicies ? { session: principal.sessionPolicies.map(parsePolicy) } : {}),
  };
}

/** Caps everything: what a boundary amounts to whose policy is gone. */
const nothing: PolicyDocument = { version: "2012-10-17", versionStated: true, statements: [] };

function known(context: RequestContext, arns: string[]): PolicyDocument[] {
  const { store, ...clock } = context;
  const isKnown = (arn: string) => {
    const policy = propagatedPolicy(store, arn, clock);
    return policy !== undefined && !isOpaque(policy);
  };
  return managed(context, arns.filter(isKnown));
}

function managed({ store, ...clock }: RequestContext, arns: string[]): PolicyDocument[] {
  return arns.flatMap((arn) => {
    const policy = propagatedPolicy(store, arn, clock);
    return policy ? [parsePolicy(defaultDocument(policy))] : [];
  });
}
