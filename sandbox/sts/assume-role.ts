import { list, optional, read, structure, text, whole } from "../protocol/input";
import type { Operation } from "../service";
import { openSession, roleAccount } from "./open-session";
import { requireRegion } from "./require-region";
import { packSessionPolicies } from "./session-policies";
import { requireDuration, targetRole } from "./target-role";

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
  const role = targetRole(RoleArn, context, {
    action: "sts:AssumeRole",
    conditionKeys: {
      "sts:RoleSessionName": RoleSessionName,
      ...(ExternalId === undefined ? {} : { "sts:ExternalId": ExternalId }),
    },
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
