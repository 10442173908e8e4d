import { GetPolicyCommand, GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import type { AwsFailure } from "../../aws/classify-error";
import { type PolicyStatement, parsePolicy } from "../../policy/document";
import { attempt, type Reading, type Result } from "../aws-reading";

export type Document = Result<PolicyStatement[]>;

const FIRST_VERSION = "v1";

/**
 * Reads the default version of a managed policy. Most customers' policies never had another than the first, so that one is
 * asked for along with the question which it is: one round trip instead of two. AWS's own are at later versions.
 */
export async function readManagedPolicy(arn: string, reading: Reading): Promise<Document> {
  const name = policyName(arn);
  const version = (id: string | undefined) =>
    attempt(reading, name, "iam:GetPolicyVersion", (options) =>
      reading.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: id }), options),
    );
  const [policy, first] = await Promise.all([
    attempt(reading, name, "iam:GetPolicy", (options) =>
      reading.iam.send(new GetPolicyCommand({ PolicyArn: arn }), options),
    ),
    isOfAws(arn) ? undefined : version(FIRST_VERSION),
  ]);
  if (!policy.ok) return withArn(policy, arn);
  const current = policy.value.Policy?.DefaultVersionId;
  const document = current === FIRST_VERSION && first ? first : await version(current);
  return document.ok
    ? parsedDocument(name, "iam:GetPolicyVersion", document.value.PolicyVersion?.Document, arn)
    : withArn(document, arn);
}

function withArn({ unreadable }: Extract<Document, { ok: false }>, arn: string): Document {
  return { ok: false, unreadable: { ...unreadable, arn } };
}

export function parsedDocument(name: string, action: string, document = "", arn?: string): Document {
  const statements = parsePolicy(name, document, arn);
  if (statements) return { ok: true, value: statements };
  const failure: AwsFailure = { kind: "inconclusive", code: "IncompleteAnswer", throttled: false };
  return { ok: false, unreadable: { what: name, action, failure } };
}

export function isOfAws(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:/.test(arn);
}

export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
