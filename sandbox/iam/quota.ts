import { AwsError } from "../service";

/** Characters as IAM counts them against its quotas: without white space. */
function countCharacters(document: string): number {
  return document.replace(/\s/g, "").length;
}

export function exceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}

export function requireManagedPolicySize(document: string): void {
  if (countCharacters(document) > 6144) throw exceeded("Cannot exceed quota for PolicySize: 6144");
}

export function requireTrustPolicySize(document: string): void {
  if (countCharacters(document) > 2048) throw exceeded("Cannot exceed quota for ACLSizePerRole: 2048");
}

export function requireInlinePolicySize(roleName: string, documents: string[]): void {
  const size = documents.reduce((sum, document) => sum + countCharacters(document), 0);
  if (size > 10_240) throw exceeded(`Maximum policy size of 10240 bytes exceeded for role ${roleName}`);
}
