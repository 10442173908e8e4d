import { randomBytes } from "node:crypto";
import { saveSession } from "../authorization/sessions";
import type { Role } from "../iam/entities";
import { uniqueId } from "../iam/unique-id";
import type { Principal, RequestContext } from "../service";

export function roleAccount(roleArn: string): string {
  return roleArn.split(":")[4] ?? "";
}

interface SessionRequest {
  name: string;
  seconds: number;
  context: RequestContext;
  sessionPolicies: string[] | undefined;
}

export function openSession(role: Role, { name, seconds, context, sessionPolicies }: SessionRequest) {
  const issuedAt = context.now();
  const expiresAt = new Date(issuedAt.getTime() + seconds * 1000);
  const accountId = roleAccount(role.arn);
  const arn = `arn:${context.partition}:sts::${accountId}:assumed-role/${role.name}/${name}`;
  const principal: Principal = {
    kind: "assumed-role",
    accountId,
    partition: context.partition,
    arn,
    principalArn: role.arn,
    userId: `${role.id}:${name}`,
    roleName: role.name,
    roleId: role.id,
    name,
    issuedAt: issuedAt.getTime(),
    ...(sessionPolicies ? { sessionPolicies } : {}),
  };
  const accessKeyId = uniqueId("ASIA", 16);
  const secret = randomBytes(30).toString("base64");
  const token = randomBytes(240).toString("base64");
  saveSession(context.store, accessKeyId, { secret, token, expiresAt: expiresAt.toISOString(), principal }, issuedAt);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secret,
      SessionToken: token,
      Expiration: expiresAt,
    },
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: arn },
  };
}
