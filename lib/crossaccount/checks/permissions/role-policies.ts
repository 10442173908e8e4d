import { GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import type { PolicyStatement } from "../../policy/document";
import { attempt, pages, type Reading, type Result, type Unreadable } from "../aws-reading";
import type { RoleDetails } from "../role-details";
import { type Document, parsedDocument, policyName, readManagedPolicy } from "./managed-policy";

export interface RolePolicies {
  statements: PolicyStatement[];
  /** `null`: the role has none. `unknown`: it could not be read. */
  boundary: RoleBoundary | "unknown" | null;
  unreadable: Unreadable[];
  /** ARNs of the policies by AWS that the template attaches and the role has. AWS alone says what is in them, so they are not read. */
  declared: readonly string[];
}

export interface RoleBoundary {
  name: string;
  arn: string;
  /** `by-aws`: the template sets it, and AWS alone says what is in it. */
  statements: PolicyStatement[] | "by-aws" | "unread";
}

/** What is attached to a role: ARNs of managed policies, names of inline ones. */
export interface PolicyLists {
  attached: Promise<Result<string[]>>;
  inline: Promise<Result<string[]>>;
}

interface PolicyReading extends Reading {
  roleName: string;
  details: Promise<Result<RoleDetails>>;
  lists: PolicyLists;
  /** Policies that a template role has: read along with the lists instead of after them. */
  predicted: { arns: readonly string[]; inline: readonly string[] };
  /** ARNs of the policies by AWS that the template attaches. */
  byAws: readonly string[];
  /** The one by AWS that the template sets as boundary. */
  boundaryByAws?: string;
}

export function listPolicies(roleName: string, reading: Reading): PolicyLists {
  return { attached: listAttached(roleName, reading), inline: listInline(roleName, reading) };
}

/** Reads all that the lists name, as the role itself; what was predicted right takes no further round trip. */
export async function readRolePolicies(reading: PolicyReading): Promise<RolePolicies> {
  const managed = readOnce((arn) => readManagedPolicy(arn, reading));
  const inside = readOnce((name) => readInlinePolicy(name, reading));
  for (const arn of reading.predicted.arns) void managed(arn);
  for (const name of reading.predicted.inline) void inside(name);
  const others = reading.lists.attached.then((list) =>
    list.ok ? { ...list, value: list.value.filter((arn) => !reading.byAws.includes(arn)) } : list,
  );
  const [{ boundary, unreadable }, attached, inline, list] = await Promise.all([
    readBoundary(reading, managed),
    readEach(others, managed),
    readEach(reading.lists.inline, inside),
    reading.lists.attached,
  ]);
  const documents = [...attached, ...inline];
  const failed = documents.flatMap((result) => (result.ok ? [] : [foreign(result.unreadable, reading.predicted.arns)]));
  return {
    statements: documents.flatMap((result) => (result.ok ? result.value : [])),
    boundary,
    unreadable: unreadable ? [...failed, { ...unreadable, boundary: true }] : failed,
    declared: list.ok ? list.value.filter((arn) => reading.byAws.includes(arn)) : [],
  };
}

/** A policy of the template is named like any other, and is none to take away. */
function foreign({ arn, ...unreadable }: Unreadable, own: readonly string[]): Unreadable {
  return arn === undefined || own.includes(arn) ? unreadable : { ...unreadable, arn };
}

/** Each policy is read once, however many ask. */
function readOnce(read: (arn: string) => Promise<Document>): (arn: string) => Promise<Document> {
  const known = new Map<string, Promise<Document>>();
  return (arn) => {
    const document = known.get(arn) ?? read(arn);
    known.set(arn, document);
    return document;
  };
}

async function readBoundary(
  { details, boundaryByAws }: PolicyReading,
  managed: (arn: string) => Promise<Document>,
): Promise<{ boundary: RolePolicies["boundary"]; unreadable?: Unreadable }> {
  const role = await details;
  if (!role.ok) return { boundary: "unknown", unreadable: role.unreadable };
  const arn = role.value.boundaryArn;
  if (!arn) return { boundary: null };
  const name = policyName(arn);
  if (arn === boundaryByAws) return { boundary: { name, arn, statements: "by-aws" } };
  const document = await managed(arn);
  const statements = document.ok ? document.value : "unread";
  return { boundary: { name, arn, statements }, ...(!document.ok && { unreadable: document.unreadable }) };
}

async function readEach(
  list: Promise<Result<string[]>>,
  read: (one: string) => Promise<Document>,
): Promise<Document[]> {
  const names = await list;
  return names.ok ? Promise.all(names.value.map(read)) : [names];
}

function listAttached(RoleName: string, reading: Reading): Promise<Result<string[]>> {
  return attempt(reading, "the list of attached policies", "iam:ListAttachedRolePolicies", (options) =>
    pages(async (Marker) => {
      const page = await reading.iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }), options);
      const items = (page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []);
      return { items, next: page.IsTruncated ? page.Marker : undefined };
    }),
  );
}

function listInline(RoleName: string, reading: Reading): Promise<Result<string[]>> {
  return attempt(reading, "the list of inline policies", "iam:ListRolePolicies", (options) =>
    pages(async (Marker) => {
      const page = await reading.iam.send(new ListRolePoliciesCommand({ RoleName, Marker }), options);
      return { items: page.PolicyNames ?? [], next: page.IsTruncated ? page.Marker : undefined };
    }),
  );
}

async function readInlinePolicy(PolicyName: string, reading: PolicyReading): Promise<Document> {
  const policy = await attempt(reading, PolicyName, "iam:GetRolePolicy", (options) =>
    reading.iam.send(new GetRolePolicyCommand({ RoleName: reading.roleName, PolicyName }), options),
  );
  return policy.ok ? parsedDocument(PolicyName, "iam:GetRolePolicy", policy.value.PolicyDocument) : policy;
}
