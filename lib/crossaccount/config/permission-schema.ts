import { z } from "zod";
import type { PermissionProbe } from "../grants/permission-probe";
import type { StatementScope } from "../policy/scope";
import { conditionSchema } from "./condition-schema";
import { resourceFault } from "./resource-arn";
import { displayText, policyText } from "./text-schema";

const action = policyText.regex(
  /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/,
  "must be an IAM action such as s3:GetObject or ec2:Describe*",
);

const resource = policyText
  .regex(/^[^\t\n\r]*$/, { error: "must not hold tabs or line breaks", abort: true })
  .superRefine((text, context) => {
    const message = resourceFault(text);
    if (message) context.addIssue({ code: "custom", message });
  });

const probeCall = z.custom<PermissionProbe["call"]>((value) => typeof value === "function", "must be a function");

const statementShape = {
  sid: z.string().regex(/^[A-Za-z0-9]{1,128}$/, "must be letters and digits only, as IAM wants it"),
  effect: z.enum(["Allow", "Deny"]),
  actions: z.array(action).min(1, "must name at least one action").optional(),
  notActions: z.array(action).min(1, "must name at least one action").optional(),
  resources: z.array(resource).min(1, 'must name at least one resource ("*" for all)').optional(),
  notResources: z.array(resource).min(1, "must name at least one resource").optional(),
  condition: conditionSchema.optional(),
  why: displayText(500),
  risk: z.enum(["low", "medium", "high"]),
};

type Scoped = z.ZodType<{ [List in keyof StatementScope]?: unknown }>;

/** IAM takes exactly one of the two. Said beside whatever else is wrong. */
function oneOf<T extends Scoped>(schema: T, list: keyof StatementScope, other: keyof StatementScope): T {
  const when = ({ value }: { value: unknown }) => typeof value === "object" && value !== null;
  const missing = `is missing; so is ${other}, which names what to leave out`;
  const both = `says the opposite of ${list}; keep one of the two`;
  return schema
    .refine((value) => value[list] ?? value[other], { path: [list], error: missing, when })
    .refine((value) => !(value[list] && value[other]), { path: [other], error: both, when });
}

function scoped<T extends Scoped>(schema: T): T {
  return oneOf(oneOf(schema, "actions", "notActions"), "resources", "notResources");
}

export const permissionSchema = scoped(
  z.strictObject({
    ...statementShape,
    broad: displayText(500).optional(),
    escalates: displayText(500).optional(),
    probe: z.strictObject({ action, call: probeCall }).optional(),
  }),
);

/** Of the role's permissions boundary, which grants nothing. */
export const boundaryStatementSchema = scoped(z.strictObject(statementShape));

const awsPolicyArn = z
  .string()
  .regex(
    /^arn:aws:iam::aws:policy\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
    "must be the ARN of a policy by AWS, such as arn:aws:iam::aws:policy/SecurityAudit, with the partition aws: the template puts the right one",
  );

export const boundarySchema = z.union(
  [z.array(boundaryStatementSchema).min(1, "must hold at least one statement"), awsPolicyArn],
  "must be a list of permissions, or the ARN of a policy by AWS",
);

export const managedPolicySchema = z.strictObject({
  arn: awsPolicyArn,
  why: displayText(500),
  risk: z.enum(["low", "medium", "high"]),
  escalates: displayText(500).optional(),
});
