import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { type AwsFailure, classifyError } from "../classify-error";
import { type PolicyStatement, parsePolicy } from "./policy-document";

/** Something about the role that could not be read, and the IAM action that was refused or gave no answer. */
export interface Unreadable {
  /** Policy name, or what it is. */
  what: string;
  action: string;
  failure: AwsFailure;
}

export interface RolePolicies {
  statements: PolicyStatement[];
  /** `null`: the role has none. `unknown`: it could not be read. */
  boundary: { name: string; statements: PolicyStatement[] } | "unknown" | null;
  unreadable: Unreadable[];
}

/** Runs one read, with whatever retries and time limit the caller allows. Rejects with the AWS error. */
export type AwsRead = <T>(read: (options: { abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;

interface Reading {
  iam: IAMClient;
  read: AwsRead;
}

type Result<T> = { ok: true; value: T } | { ok: false; unreadable: Unreadable };
type Document = Result<PolicyStatement[]>;

/** Reads all that is attached to the role, as the role itself, in three round trips. */
export async function readRolePolicies(roleName: string, reading: Reading): Promise<RolePolicies> {
  const [boundary, attached, inline] = await Promise.all([
    readBoundary(roleName, reading),
    readAttached(roleName, reading),
    readInline(roleName, reading),
  ]);
  const documents = [...attached, ...inline];
  const failed = [...documents, boundary].flatMap((result) => (result.ok ? [] : [result.unreadable]));
  return {
    statements: documents.flatMap((result) => (result.ok ? result.value : [])),
    boundary: boundary.ok ? boundary.value : "unknown",
    unreadable: failed,
  };
}

async function readBoundary(
  roleName: string,
  reading: Reading,
): Promise<Result<{ name: string; statements: PolicyStatement[] } | null>> {
  const role = await attempt(reading, "the role itself", "iam:GetRole", (options) =>
    reading.iam.send(new GetRoleCommand({ RoleName: roleName }), options),
  );
  if (!role.ok) return role;
  const arn = role.value.Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (!arn) return { ok: true, value: null };
  const document = await readManaged(arn, nameOf(arn), reading);
  return document.ok ? { ok: true, value: { name: nameOf(arn), statements: document.value } } : document;
}

async function readAttached(roleName: string, reading: Reading): Promise<Document[]> {
  const list = await attempt(reading, "the list of attached policies", "iam:ListAttachedRolePolicies", (options) =>
    pages((Marker) =>
      reading.iam
        .send(new ListAttachedRolePoliciesCommand({ RoleName: roleName, Marker }), options)
        .then((page) => ({ items: page.AttachedPolicies ?? [], next: page.IsTruncated ? page.Marker : undefined })),
    ),
  );
  if (!list.ok) return [list];
  return Promise.all(
    list.value.flatMap(({ PolicyArn, PolicyName }) =>
      PolicyArn ? [readManaged(PolicyArn, PolicyName ?? nameOf(PolicyArn), reading)] : [],
    ),
  );
}

async function readInline(roleName: string, reading: Reading): Promise<Document[]> {
  const list = await attempt(reading, "the list of inline policies", "iam:ListRolePolicies", (options) =>
    pages((Marker) =>
      reading.iam
        .send(new ListRolePoliciesCommand({ RoleName: roleName, Marker }), options)
        .then((page) => ({ items: page.PolicyNames ?? [], next: page.IsTruncated ? page.Marker : undefined })),
    ),
  );
  if (!list.ok) return [list];
  return Promise.all(
    list.value.map(async (name) => {
      const policy = await attempt(reading, name, "iam:GetRolePolicy", (options) =>
        reading.iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }), options),
      );
      return policy.ok ? parsed(name, "iam:GetRolePolicy", policy.value.PolicyDocument) : policy;
    }),
  );
}

async function readManaged(arn: string, name: string, reading: Reading): Promise<Document> {
  const policy = await attempt(reading, name, "iam:GetPolicy", (options) =>
    reading.iam.send(new GetPolicyCommand({ PolicyArn: arn }), options),
  );
  if (!policy.ok) return policy;
  const version = await attempt(reading, name, "iam:GetPolicyVersion", (options) =>
    reading.iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: policy.value.Policy?.DefaultVersionId }),
      options,
    ),
  );
  return version.ok ? parsed(name, "iam:GetPolicyVersion", version.value.PolicyVersion?.Document) : version;
}

function parsed(name: string, action: string, document = ""): Document {
  const statements = parsePolicy(name, document);
  if (statements) return { ok: true, value: statements };
  const failure: AwsFailure = { kind: "inconclusive", code: "IncompleteAnswer", throttled: false };
  return { ok: false, unreadable: { what: name, action, failure } };
}

async function attempt<T>(
  { read }: Reading,
  what: string,
  action: string,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<Result<T>> {
  try {
    return { ok: true, value: await read(send) };
  } catch (error) {
    return { ok: false, unreadable: { what, action, failure: classifyError(error) } };
  }
}

async function pages<T>(read: (marker?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  do {
    const page = await read(marker);
    all.push(...page.items);
    marker = page.next;
  } while (marker);
  return all;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
