import { z } from "zod";
import { reviewedManagedPolicySchema, reviewedPermissionSchema } from "@/lib/connections/review-schema";
import { createConnectionInput, submitRoleArnInput } from "@/lib/connections/schema";
import { connectionStatuses } from "@/lib/crossaccount/status";
import { linkPurposes, linkStates } from "@/lib/links/state";
import { readCursor } from "@/lib/page-cursor";
import { customerReference } from "@/lib/tenancy/schema";
import { checkViewSchema, statusChangeSchema, verificationViewSchema } from "@/lib/verifications/schema";

/** Shapes of the API, in snake_case: a promise of its own, so that what pages need may change without it. */

const time = z.iso.datetime();
/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const isStorable = (text: string) => !/[\0\p{Cs}]/u.test(text);
const text = (most: number) => z.string().max(most).refine(isStorable, "It holds a character that cannot be kept.");

export const reference = customerReference
  .refine(isStorable, "It holds a character that cannot be kept.")
  .describe("The vendor's own reference of a customer")
  .meta({ examples: ["acme"] });
export const connectionPath = z.strictObject({ id: z.string().describe("The connection's ID") });
export const verificationPath = z.strictObject({ id: z.string().describe("The verification's ID") });
export const linkPath = connectionPath.extend({ link: z.string().describe("The link's ID") });

const anyNumber = "Write a whole number from 1 to 100.";
const limit = z.coerce
  .number(anyNumber)
  .int(anyNumber)
  .min(1, anyNumber)
  .max(100, anyNumber)
  .default(50)
  .describe("How many at most");
const cursor = z
  .string()
  .refine((given) => readCursor(given) !== undefined, "Use the next_cursor of the page before, as it is.")
  .optional()
  .describe("The next_cursor of the page before");

export const connectionsQuery = z.strictObject({
  customer: reference.optional(),
  status: z.enum(connectionStatuses).optional(),
  q: text(200)
    .optional()
    .describe("Part of a name, first digits of an account ID, a role's ARN, a connection's ID, a member's e-mail"),
  limit,
  cursor,
});
const nextCursor = z.string().nullable().describe("For the page that follows; null at the end");

const status = z.enum(connectionStatuses);
const summary = {
  id: z.uuid(),
  customer: z.string().describe("The vendor's own reference of the customer"),
  name: z.string(),
  status,
  partition: z.string(),
  region: z.string(),
  account_id: z.string().nullable().describe("12 digits; null until it is known"),
  setup_permissions: z.enum(["unknown", "present", "gone", "never-granted"]),
  created_at: time,
  status_changed_at: time,
  last_verified_at: time.nullable().describe("When a verification last had a conclusion; null before"),
};

export const connectionSummary = z.strictObject(summary).describe("A connection in a list.");
export const connectionsPage = z.strictObject({ data: z.array(connectionSummary), next_cursor: nextCursor });

export const connection = z
  .strictObject({
    ...summary,
    external_id: z.string(),
    role_arn: z.string().nullable().describe("Null until there is a role"),
    role_name: z.string(),
    stack_name: z.string(),
    features: z.array(z.string()),
    launched_at: time.nullable(),
    proven_at: time.nullable().describe("When a role was first verified; null before"),
    setup_gone_at: time.nullable().describe("When the setup permissions were verified gone; null while they are not"),
  })
  .describe("Everything about a connection.");

const { region: anyRegion, accountId, features } = createConnectionInput.shape;
const name = createConnectionInput.shape.name.meta({ examples: ["Production"] });
const region = anyRegion.meta({ examples: ["us-east-1"] });
export const wantedConnection = z.strictObject({
  customer: reference
    .optional()
    .describe("The vendor's own reference of the customer; a key of one customer may leave it out"),
  name,
  region,
  account_id: accountId.describe("Of the account that is to be connected, where it is known; no other is taken then"),
  features: features.describe("Ids of the features that are chosen; the config's defaults where it is left out"),
});
export const changedConnection = z.strictObject({ name });
export const namedRole = z.strictObject({
  role_arn: submitRoleArnInput.shape.roleArn.meta({ examples: ["arn:aws:iam::111122223333:role/Nimbus/Nimbus"] }),
});

export const newConnection = z
  .strictObject({
    connection,
    launch_url: z.url().describe("Opens CloudFormation in the customer's account with everything filled in"),
    create_stack_command: z.string().describe("The same with the AWS CLI"),
    template_url: z.url(),
    setup_expires_at: z.string().describe("When the setup permissions end, counted from this answer"),
  })
  .describe("A connection, and how its customer makes the role.");

const { id: checkId, status: checkStatus, title, evidence, cause, confidence, remedy, ways } = checkViewSchema.shape;
const check = z.strictObject({ id: checkId, status: checkStatus, title, evidence, cause, confidence, remedy, ways });
const { state, outcome } = verificationViewSchema.shape;

export const verification = z
  .strictObject({
    id: z.uuid(),
    connection_id: z.uuid(),
    connection_status: status,
    state,
    outcome,
    waiting_for: z.string().nullable(),
    started_at: time,
    finished_at: time.nullable(),
    checks: z.array(check),
  })
  .describe("One run of the checks on a connection.");

export const wantedVerification = z.strictObject({
  expect_setup: z
    .enum(["present", "gone"])
    .default("present")
    .describe("gone: also check that the setup permissions are removed"),
});

const actor = z.strictObject({ type: z.string(), id: z.string(), name: z.string().nullable() });
export const accessLogEntry = z
  .strictObject({
    id: z.uuid(),
    connection_id: z.uuid(),
    sequence: z.int(),
    at: time,
    outcome: z.enum(["allowed", "refused", "error"]),
    probe: z.boolean().describe("Made by a verification"),
    actor,
    purpose: z.string(),
    session_name: z.string(),
    region: z.string(),
    sts_request_id: z.string().nullable(),
    error_code: z.string().nullable(),
    latency_ms: z.int(),
    expires_at: time.nullable(),
  })
  .describe("One use of a connection, allowed or refused.");
export const accessLogPage = z.strictObject({ data: z.array(accessLogEntry), next_cursor: nextCursor });
export const accessLogQuery = z.strictObject({ cursor });

const { from, to, cause: why } = statusChangeSchema.shape;
const statusChange = z.strictObject({ from, to, cause: why, at: time });
export const historyQuery = z.strictObject({
  before: time
    .refine((at) => !at.startsWith("0000"), "There is no year 0.")
    .optional()
    .describe("The older_before of the answer before"),
});
export const history = z
  .strictObject({
    data: z.array(statusChange).describe("Newest first"),
    older_before: time
      .nullable()
      .describe("Ask again with it as before, for what came earlier; null where that is all"),
  })
  .describe("How a connection's status changed.");

export const link = z.strictObject({
  id: z.uuid(),
  purpose: z.enum(linkPurposes),
  state: z.enum(linkStates),
  created_at: time,
  expires_at: time,
  opened_at: time.nullable(),
  used_at: time.nullable(),
});
export const links = z.strictObject({ data: z.array(link) });
export const newLink = link
  .extend({
    url: z
      .url()
      .optional()
      .describe("To be sent to whoever is to use it. Told once: absent where the request is sent again"),
  })
  .describe("A link that was just made.");
export const wantedLink = z.strictObject({ purpose: z.enum(linkPurposes) });

export const member = z.strictObject({
  user_id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(["admin", "viewer"]),
  since: time,
});
export const members = z.strictObject({ data: z.array(member) });
const { shape: reviewed } = reviewedPermissionSchema;
const { shape: policy } = reviewedManagedPolicySchema;
export const permissions = z
  .strictObject({
    permissions: z.array(
      z.strictObject({
        ...{ phase: reviewed.phase, feature: reviewed.feature, sid: reviewed.sid, effect: reviewed.effect },
        ...{ actions: reviewed.actions, not_actions: reviewed.notActions },
        ...{ resources: reviewed.resources, not_resources: reviewed.notResources, condition: reviewed.condition },
        ...{ why: reviewed.why, risk: reviewed.risk, broad: reviewed.broad, summary: reviewed.summary },
        ...{ limited_by: reviewed.limitedBy, leads_to: reviewed.leadsTo, escalates: reviewed.escalates },
      }),
    ),
    managed_policies: z.array(
      z.strictObject({
        ...{ phase: policy.phase, feature: policy.feature, arn: policy.arn, name: policy.name, why: policy.why },
        ...{ risk: policy.risk, read_only: policy.readOnly, escalates: policy.escalates },
      }),
    ),
  })
  .describe("Everything that the template grants.");

export const template = z.record(z.string(), z.unknown()).describe("A CloudFormation document.");
export const customerPath = z.strictObject({ customer: reference });
