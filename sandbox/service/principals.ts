import type { Principal } from ".";

/** The one user that every account has. */
export function administrator(accountId: string, partition: string): Principal {
  const arn = `arn:${partition}:iam::${accountId}:user/administrator`;
  return {
    kind: "user",
    accountId,
    partition,
    arn,
    principalArn: arn,
    userId: administratorId(accountId),
    name: "administrator",
  };
}

export function administratorId(accountId: string): string {
  return `AIDASANDBOX${accountId}`;
}

/** Whoever a token of an identity provider is about; unsigned, and of no account. */
export function webIdentity(provider: string, subject: string, partition: string): Principal {
  const id = `${provider}:${subject}`;
  return { kind: "web-identity", accountId: "", partition, arn: id, principalArn: id, userId: id, provider };
}

/** Nobody signed the request, so that no policies of an identity count. */
export function isUnsigned({ kind }: Principal): boolean {
  return kind === "anonymous" || kind === "web-identity";
}

export const anonymous: Principal = {
  kind: "anonymous",
  accountId: "anonymous",
  partition: "",
  arn: "anonymous",
  principalArn: "anonymous",
  userId: "anonymous",
};
