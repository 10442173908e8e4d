import { GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { attempt, pages, type Reading, type Result, type Unreadable } from "./aws-reading";
import { type Document, parsedDocument, policyName, readManagedPolicy } from "./managed-policy";
import type { PolicyStatement } from "./policy-document";
import type { RoleDetails } from "./role-details";

export interface RolePolicies {
  statements: PolicyStatement[];
  /** `null`: the role has none. `unknown`: it could not be read. */
  boundary: { name: string; statements: PolicyStatement[] } | "unknown" | null;
  unreadable: Unreadable[];
}

interface PolicyReading extends Reading {
  roleName: string;
  details: Promise<Result<RoleDetails>>;
  /** ARNs of policies that a template role has: read along with the lists instead of after them. */
  predicted: readonly string[];
}

/** Reads all that is attached to the role, as the role itself: in two round trips, one where all policies were predicted. */
export async function readRolePolicies(reading: PolicyReading): Promise<RolePolicies> {
  const managed = readOnce((arn) => readManagedPolicy(arn, reading));
  // The lists go first: whatever they name that was not predicted takes further round trips.
  const lists = [readAttached(reading, managed), readInline(reading)] as const;
  for (const arn of reading.predicted) void managed(arn);
  const [boundary, attached, inline] = await Promise.all([readBoundary(reading.details, managed), ...lists]);
  const documents = [...attached, ...inline];
  const failed = documents.flatMap((result) => (result.ok ? [] : [result.unreadable]));
  return {
    statements: documents.flatMap((result) => (result.ok ? result.value : [])),
    boundary: boundary.ok ? boundary.value : "unknown",
    unreadable: boundary.ok ? failed : [...failed, { ...boundary.unreadable, boundary: true }],
  };
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
  details: Promise<Result<RoleDetails>>,
  managed: (arn: string) => Promise<Document>,
): Promise<Result<{ name: string; statements: PolicyStatement[] } | null>> {
  const role = await details;
  if (!role.ok) return role;
  const arn = role.value.boundaryArn;
  if (!arn) return { ok: true, value: null };
  const document = await managed(arn);
  return document.ok ? { ok: true, value: { name: policyName(arn), statements: document.value } } : document;
}

async function readAttached(reading: PolicyReading, managed: (arn: string) => Promise<Document>): Promise<Document[]> {
  const list = await attempt(reading, "the list of attached policies", "iam:ListAttachedRolePolicies", (options) =>
    pages((Marker) =>
      reading.iam
        .send(new ListAttachedRolePoliciesCommand({ RoleName: reading.roleName, Marker }), options)
        .then((page) => ({ items: page.AttachedPolicies ?? [], next: page.IsTruncated ? page.Marker : undefined })),
    ),
  );
  if (!list.ok) return [list];
  return Promise.all(list.value.flatMap(({ PolicyArn }) => (PolicyArn ? [managed(PolicyArn)] : [])));
}

async function readInline(reading: PolicyReading): Promise<Document[]> {
  const { roleName, iam } = reading;
  const list = await attempt(reading, "the list of inline policies", "iam:ListRolePolicies", (options) =>
    pages((Marker) =>
      iam
        .send(new ListRolePoliciesCommand({ RoleName: roleName, Marker }), options)
        .then((page) => ({ items: page.PolicyNames ?? [], next: page.IsTruncated ? page.Marker : undefined })),
    ),
  );
  if (!list.ok) return [list];
  return Promise.all(
    list.value.map(async (name) => {
      const policy = await attempt(reading, name, "iam:GetRolePolicy", (options) =>
        iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }), options),
      );
      return policy.ok ? parsedDocument(name, "iam:GetRolePolicy", policy.value.PolicyDocument) : policy;
    }),
  );
}
