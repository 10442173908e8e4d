import type { Principal } from "../service";
import { isUnsigned } from "../service/principals";
import { holds } from "./condition";
import type { Matcher, PolicyDocument, Statement } from "./document";
import { compilePattern, matches, matchesWildcards } from "./pattern";
import { isDenied, type Naming, naming } from "./principal";
import type { RequestKeys } from "./request-keys";

export interface Policies {
  identity: PolicyDocument[];
  boundary?: PolicyDocument;
  session?: PolicyDocument[];
  resource?: PolicyDocument;
  /**
   * Service control policies of the caller's account. Those that only deny stand beside FullAWSAccess, as when they
   * are attached in AWS; those that allow something replace it.
   */
  serviceControl?: PolicyDocument[];
  /** Resource control policies of the resource's account, which only deny and name everyone. */
  resourceControl?: PolicyDocument[];
  principalIds?: Record<string, string>;
  /** True where identity policies alone never suffice: trust policies and key policies. */
  resourceRequired?: boolean;
}

export interface EvaluationRequest {
  caller: Principal;
  action: string;
  resource: string;
  resourceAccountId: string;
  keys: RequestKeys;
}

export type PolicyKind = "identity" | "boundary" | "session" | "resource" | "service-control" | "resource-control";

export type Decision = { allowed: true } | { allowed: false; explicit: boolean; by: PolicyKind };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function evaluate(policies: Policies, request: EvaluationRequest): Decision {
  const denier = explicitDenier(policies, request);
  if (denier) return { allowed: false, explicit: true, by: denier };
  if (!isWithinServiceControl(policies, request)) return { allowed: false, explicit: false, by: "service-control" };
  const { caller, resourceAccountId } = request;
  const granted = resourceGrant(policies, request);
  const unsigned = isUnsigned(caller);
  const identity = !unsigned && policies.identity.some((policy) => allows(policy, request));
  const direct = granted !== undefined && granted !== "account";
  const local = caller.accountId === resourceAccountId;
  const needsResource = !local || policies.resourceRequired === true || unsigned;
  const needsIdentity = !unsigned && !(local && direct);
  if (needsResource && !granted) return { allowed: false, explicit: false, by: "resource" };
  if (needsIdentity && !identity) return { allowed: false, explicit: false, by: "identity" };
  return capped(policies, request, { beyondCaps: local && granted === "itself" });
}

function isWithinServiceControl({ serviceControl = [] }: Policies, request: EvaluationRequest): boolean {
  const lists = serviceControl.filter(({ statements }) => statements.some(({ effect }) => effect === "Allow"));
  return lists.length === 0 || lists.some((policy) => allows(policy, request));
}

/** A same-account grant to exactly this user or session is the one thing that boundary and session policies do not cap. */
function capped(policies: Policies, request: EvaluationRequest, { beyondCaps }: { beyondCaps: boolean }): Decision {
  if (beyondCaps) return { allowed: true };
  const { boundary, session } = policies;
  if (boundary && !allows(boundary, request)) return { allowed: false, explicit: false, by: "boundary" };
  if (session && !session.some((policy) => allows(policy, request))) {
    return { allowed: false, explicit: false, by: "session" };
  }
  return { allowed: true };
}

function explicitDenier(policies: Policies, request: EvaluationRequest): PolicyKind | undefined {
  const { identity, boundary, session, resource, serviceControl = [], resourceControl = [], principalIds } = policies;
  const byKind: [PolicyKind, PolicyDocument[]][] = [
    ["resource-control", resourceControl],
    ["service-control", serviceControl],
    ["identity", identity],
    ["resource", resource ? [resource] : []],
    ["boundary", boundary ? [boundary] : []],
    ["session", session ?? []],
  ];
  const named = { caller: request.caller, ...(principalIds ? { principalIds } : {}) };
  return byKind.find(([kind, documents]) =>
    documents.some((document) =>
      document.statements.some(
        (statement) =>
          statement.effect === "Deny" &&
          (kind !== "resource" || (statement.principals !== undefined && isDenied(statement.principals, named))) &&
          applies(statement, document, request),
      ),
    ),
  )?.[0];
}

function allows(document: PolicyDocument, request: EvaluationRequest): boolean {
  return document.statements.some((statement) => statement.effect === "Allow" && applies(statement, document, request));
}

/** The strongest way in which the resource policy lets this caller in. */
function resourceGrant({ resource, principalIds }: Policies, request: EvaluationRequest): Naming | undefined {
  const named = { caller: request.caller, ...(principalIds ? { principalIds } : {}) };
  const grants = (resource?.statements ?? []).flatMap((statement) => {
    const name = statement.effect === "Allow" && statement.principals ? naming(statement.principals, named) : undefined;
    return name && resource && applies(statement, resource, request) ? [name] : [];
  });
  return (["itself", "role", "everyone", "account"] as const).find((name) => grants.includes(name));
}

/** Whether a statement speaks of this request. */
export function applies(statement: Statement, document: PolicyDocument, request: EvaluationRequest): boolean {
  return (
    concerns(statement, document, request) && statement.conditions.every((condition) => holds(condition, request.keys))
  );
}

/** The same without regard to its conditions. */
export function concerns(
  { actions, resources }: Statement,
  document: PolicyDocument,
  request: EvaluationRequest,
): boolean {
  return (
    actions !== undefined &&
    matchesAction(actions, request.action) &&
    (resources === undefined || matchesResource(resources, document, request))
  );
}

function matchesAction({ negated, patterns }: Matcher, action: string): boolean {
  return negated !== patterns.some((pattern) => matchesWildcards(pattern, action, { ignoreCase: true }));
}

function matchesResource(
  { negated, patterns }: Matcher,
  document: PolicyDocument,
  request: EvaluationRequest,
): boolean {
  const variable = (name: string) => request.keys.single(name);
  const compiled = patterns.map((pattern) =>
    compilePattern(pattern, { wildcards: true, ...(document.version === "2012-10-17" ? { variable } : {}) }),
  );
  if (negated && compiled.includes(undefined)) return false;
  return negated !== compiled.some((pattern) => pattern !== undefined && matches(pattern, request.resource));
}
