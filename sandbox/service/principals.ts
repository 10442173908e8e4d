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

export const anonymous: Principal = {
  kind: "anonymous",
  accountId: "anonymous",
  partition: "",
  arn: "anonymous",
  principalArn: "anonymous",
  userId: "anonymous",
};
