import type { Authorization, RequestContext } from "../service";

interface Statement {
  Effect: string;
  Principal?: string | { AWS?: string | string[] };
  Action?: string | string[];
}

/**
 * Unlike other resource policies a key policy is needed in the key's own account too: an IAM policy counts only when the
 * key policy hands the action to the account or to the caller. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function keyPolicyAdmits({ action, resourcePolicy = "" }: Authorization, context: RequestContext): boolean {
  const { Statement } = JSON.parse(resourcePolicy) as { Statement: Statement | Statement[] };
  const names = namesOf(context);
  return list(Statement).some(
    ({ Effect, Principal, Action }) =>
      Effect === "Allow" &&
      list(typeof Principal === "string" ? Principal : Principal?.AWS).some((name) => names.includes(name)) &&
      list(Action).some((pattern) => matches(pattern, action)),
  );
}

function namesOf({ principal }: RequestContext): string[] {
  const { partition, accountId, arn, principalArn } = principal;
  return ["*", accountId, `arn:${partition}:iam::${accountId}:root`, arn, principalArn];
}

function matches(pattern: string, action: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i").test(action);
}

function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
