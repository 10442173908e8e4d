import { randomBytes } from "node:crypto";
import { saveSession } from "../authorization/sessions";
import type { Role } from "../iam/entities";
import { accountOf, propagatedRole } from "../iam/state";
import { resourceTagKeys } from "../iam/tags";
import { uniqueId } from "../iam/unique-id";
import { AccessDenied } from "../policy/access-denied";
import type { PolicyKind } from "../policy/evaluate";
import { list, optional, read, structure, text, whole } from "../protocol/input";
import { AwsError, type Operation, type Principal, type RequestContext } from "../service";
import { requireRegion } from "./require-region";
import { packSessionPolicies } from "./session-policies";

const CHAINED_SECONDS = 3600;
const DEFAULT_SECONDS = 3600;

export const assumeRole: Operation = (input, context) => {
  const parameters = read(input, {
    RoleArn: text({ minimum: 20, maximum: 2048, pattern: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\uFFFF]+$/ }),
    RoleSessionName: text({ minimum: 2, maximum: 64, pattern: /^[\w+=,.@-]*$/ }),
    ExternalId: optional(text({ minimum: 2, maximum: 1224, pattern: /^[\w+=,.@:/-]*$/ })),
    DurationSeconds: optional(whole(900, 43_200)),
    Policy: optional(text({ minimum: 1 })),
    PolicyArns: list(structure({ arn: text({ minimum: 20, maximum: 2048 }) }), 10),
  });
  const { RoleArn, RoleSessionName, ExternalId, DurationSeconds = DEFAULT_SECONDS } = parameters;
  const role = authorizedTarget(RoleArn, context, {
    "sts:RoleSessionName": RoleSessionName,
    ...(ExternalId === undefined ? {} : { "sts:ExternalId": ExternalId }),
  });
  requireDuration(DurationSeconds, role, context);
  requireRegion(roleAccount(RoleArn), context);
  const policies = packSessionPolicies(parameters, roleAccount(RoleArn), context);
  const session = openSession(role, {
    name: RoleSessionName,
    seconds: DurationSeconds,
    context,
    sessionPolicies: policies?.documents,
  });
  return { ...session, ...(policies ? { PackedPolicySize: policies.packedSize } : {}) };
};

function roleAccount(roleArn: string): string {
  return roleArn.split(":")[4] ?? "";
}

/**
 * The role, if its trust policy and the caller's own policies let the caller in. That it does not exist, or is
 * spelled in another case, is answered like any other refusal.
 */
function authorizedTarget(roleArn: string, context: RequestContext, conditionKeys: Record<string, string>): Role {
  const [, partition, accountId, name] = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (!accountId || !name || partition !== context.partition) {
    throw new AwsError("ValidationError", `${roleArn} is invalid`);
  }
  const role = propagatedRole(accountOf(context.store, partition, accountId), name, context);
  if (role?.arn !== roleArn) throw accessDenied(roleArn, context);
  try {
    context.authorize({
      action: "sts:AssumeRole",
      resource: roleArn,
      resourceAccountId: accountId,
      resourcePolicy: role.trustPolicy,
      resourcePolicyRequired: true,
      principalIds: role.principalIds,
      conditionKeys: { ...conditionKeys, ...resourceTagKeys(role.tags) },
    });
  } catch (error) {
    if (error instanceof AccessDenied && !toldByOrganization.includes(error.by)) throw accessDenied(roleArn, context);
    throw error;
  }
  return role;
}

/** The only refusals in which STS says whose policy it was. */
const toldByOrganization: PolicyKind[] = ["service-control", "resource-control"];

function accessDenied(roleArn: string, { principal }: RequestContext): AwsError {
  const message = `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new AwsError("AccessDenied", message, 403);
}

function requireDuration(seconds: number, role: Role, { principal }: RequestContext): void {
  if (principal.kind === "assumed-role" && seconds > CHAINED_SECONDS) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (seconds > role.maxSessionDuration) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}

interface SessionRequest {
  name: string;
  seconds: number;
  context: RequestContext;
  sessionPolicies: string[] | undefined;
}

function openSession(role: Role, { name, seconds, context, sessionPolicies }: SessionRequest) {
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
