import { membershipOf } from "../../organization/state";
import { type PolicyDocument, parsePolicy } from "../../policy/document";
import type { Principal, RequestContext } from "../../service";
import { awsManagedPolicy } from "../aws-managed-policies";
import type { Role } from "../entities";
import { defaultDocument, findPolicy, isOpaque } from "../state";

export interface SourcePolicy {
  id: string;
  name: string;
  /** Of a managed policy. */
  arn?: string;
  type: "role" | "aws-managed" | "user-managed" | "none";
  document: PolicyDocument;
}

/** Whose requests are simulated, and under which policies. */
export interface Subject {
  caller: Principal;
  keys: Record<string, string>;
  policies: SourcePolicy[];
  /** An attached policy of AWS's whose text the sandbox does not know. */
  opaque?: string;
  boundary?: PolicyDocument;
  /** Absent when the account is in no organization. */
  serviceControl?: PolicyDocument[];
}

export interface SubjectInput {
  PolicyInputList: string[];
  PermissionsBoundaryPolicyInputList: string[];
}

/** A role with the policies that IAM shows now, whether or not they have arrived where requests are decided. */
export function roleSubject(role: Role, input: SubjectInput, context: RequestContext): Subject {
  const { store, accountId, partition } = context;
  const inline = Object.entries(role.inlinePolicies).map(
    ([name, text]): SourcePolicy => ({
      id: `role_${role.name}_${name}`,
      name,
      type: "role",
      document: parsePolicy(text),
    }),
  );
  const opaque = role.attachedPolicies.find((arn) => isOpaqueArn(arn, context));
  const attached = role.attachedPolicies
    .filter((arn) => !isOpaqueArn(arn, context))
    .flatMap((arn) => managedPolicy(arn, context) ?? []);
  const membership = membershipOf(store, accountId);
  const ownBoundary = role.permissionsBoundary
    ? (managedPolicy(role.permissionsBoundary, context)?.document ?? capsEverything)
    : undefined;
  const boundary = givenBoundary(input) ?? ownBoundary;
  return {
    caller: {
      kind: "assumed-role",
      accountId,
      partition,
      arn: role.arn,
      principalArn: role.arn,
      userId: role.id,
      roleName: role.name,
      roleId: role.id,
    },
    keys: {
      "aws:PrincipalArn": role.arn,
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalType": "AssumedRole",
      ...Object.fromEntries(role.tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
      ...(membership?.organizationId ? { "aws:PrincipalOrgID": membership.organizationId } : {}),
    },
    policies: [...inline, ...attached, ...givenPolicies(input)],
    ...(opaque ? { opaque } : {}),
    ...(boundary ? { boundary } : {}),
    ...(membership ? { serviceControl: membership.serviceControlPolicies.map(parsePolicy) } : {}),
  };
}

/** Nobody in particular, with only the policies that were sent. */
export function customSubject(input: SubjectInput, { principal }: RequestContext): Subject {
  const boundary = givenBoundary(input);
  return { caller: principal, keys: {}, policies: givenPolicies(input), ...(boundary ? { boundary } : {}) };
}

const capsEverything: PolicyDocument = { version: "2012-10-17", versionStated: true, statements: [] };

function isOpaqueArn(arn: string, { store }: RequestContext): boolean {
  const policy = findPolicy(store, arn);
  return policy !== undefined && isOpaque(policy);
}

function managedPolicy(arn: string, { store }: RequestContext): SourcePolicy | undefined {
  const policy = findPolicy(store, arn);
  if (!policy) return undefined;
  const type = awsManagedPolicy(arn) ? "aws-managed" : "user-managed";
  return { id: policy.name, name: policy.name, arn: policy.arn, type, document: parsePolicy(defaultDocument(policy)) };
}

function givenPolicies({ PolicyInputList }: SubjectInput): SourcePolicy[] {
  return PolicyInputList.map((text, index) => ({
    id: `PolicyInputList.${index + 1}`,
    name: `PolicyInputList.${index + 1}`,
    type: "none",
    document: parsePolicy(text),
  }));
}

function givenBoundary({ PermissionsBoundaryPolicyInputList: [text] }: SubjectInput): PolicyDocument | undefined {
  return text === undefined ? undefined : parsePolicy(text);
}
