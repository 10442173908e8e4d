import { z } from "zod";
import { accessLogEntryViewSchema } from "@/lib/access-log/schema";
import { reviewedManagedPolicySchema, reviewedPermissionSchema } from "@/lib/connections/review-schema";
import { rotationViewSchema } from "@/lib/connections/rotation-schema";
import { createConnectionInput, submitRoleArnInput } from "@/lib/connections/schema";
import { connectionStatuses } from "@/lib/crossaccount/status";
import { eventTypes } from "@/lib/events/types";
import { linkPurposes, linkStates } from "@/lib/links/state";
import { readCursor } from "@/lib/page-cursor";
import { invitationViewSchema, invitePersonInput } from "@/lib/people/schema";
import { receiptKinds } from "@/lib/receipts/schema";
import { customerReference } from "@/lib/tenancy/schema";
import { checkViewSchema, statusChangeSchema, verificationViewSchema } from "@/lib/verifications/schema";
import { isVisible, oneLine } from "@/lib/visible-text";
import { readReferenceCursor } from "./reference-cursor";

/** Shapes of the API, in snake_case: a promise of its own, so that what pages need may change without it. */

const time = z.iso.datetime();
/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const isStorable = (text: string) => !/[\0\p{Cs}]/u.test(text);
/** Also of what is no JSON at all. */
function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
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
    source: accessLogEntryViewSchema.shape.source,
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

const sequence = z.int().min(1).describe("In the order of commits; some numbers are left out");
const eventShape = {
  id: z.uuid(),
  sequence,
  type: z.enum(eventTypes),
  created_at: time,
  customer: z.string().describe("The vendor's own reference of the customer"),
  connection: z.uuid().optional().describe("The connection's ID; absent for what is of a customer as a whole"),
  data: z.record(z.string(), z.string()).describe("IDs and words, such as a status before and after"),
};
export const event = z.strictObject(eventShape).describe("Something that happened.");
export const eventPath = z.strictObject({ id: z.string().describe("The event's ID") });
const aSequence = "Write the sequence of an event.";
export const eventsQuery = z.strictObject({
  customer: reference.optional(),
  connection: z.uuid().optional().describe("A connection's ID"),
  type: z.enum(eventTypes).optional(),
  after: z.coerce
    .number(aSequence)
    .int(aSequence)
    .min(0, aSequence)
    .max(Number.MAX_SAFE_INTEGER, aSequence)
    .default(0)
    .describe("The sequence of the last event that you know: what came later is told."),
  limit,
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "Use the next_cursor of the page before, as it is.")
    .default("0")
    .describe("The next_cursor of the page before"),
});
export const eventsPage = z.strictObject({ data: z.array(event), next_cursor: nextCursor });

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

export const assumptionPath = connectionPath.extend({ assumption: z.string().describe("The assumption's ID") });

const notOneLine = "Write it in one line. It holds a character that cannot be shown.";
const purpose = text(200)
  .trim()
  .regex(oneLine, notOneLine)
  .refine(isVisible, "Say what the session is for, in 1 to 200 characters.")
  .describe("Why; in the access log, and shortened to its letters in the session name");
const durationSeconds = z
  .int("Write a whole number of seconds, from 900 to 3600.")
  .min(900, "Write a whole number of seconds, from 900 to 3600.")
  .max(3_600, "Write a whole number of seconds, from 900 to 3600.")
  .optional()
  .describe("900 to 3,600; the configured session duration where it is left out");

export const wantedAssumption = z.strictObject({
  purpose,
  region: z
    .string()
    .max(40)
    .optional()
    .describe("Whose STS will be asked, in the connection's partition; its own where it is left out"),
  duration_seconds: durationSeconds,
});

const announced = {
  id: z.uuid(),
  connection_id: z.uuid(),
  purpose: z.string(),
  session_name: z.string().describe("To be sent as RoleSessionName; the customer's CloudTrail shows it"),
  region: z.string(),
  announced_at: time,
  expires_at: time.describe("When the session ends, if it began at once"),
};
const reported = z.strictObject({
  outcome: z.enum(["allowed", "refused", "error"]),
  error_code: z.string().nullable(),
  sts_request_id: z.string().nullable(),
  expires_at: time.nullable(),
  reported_at: time,
  reported_by: z.strictObject({ type: z.string(), id: z.string() }).describe("Whose word it is"),
});

export const assumption = z
  .strictObject({ ...announced, report: reported.nullable().describe("Null until there is one") })
  .describe("An assumption by the caller's own AWS identity.");
export const newAssumption = z
  .strictObject({
    ...announced,
    role_arn: z.string(),
    external_id: z.string(),
    other_external_id: z
      .string()
      .nullable()
      .describe("To be tried where AWS refuses external_id; null unless the external ID is rotated just now"),
    partition: z.string(),
    duration_seconds: z.int().describe("To be sent as DurationSeconds"),
  })
  .describe("What it takes to assume the role once, now, by an AWS identity of the vendor's account.");

const awsWord = (most: number) =>
  z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${most}}$`), "Write it as AWS said it, without blanks.");
export const assumptionReport = z.strictObject({
  outcome: z.enum(["allowed", "refused", "error"]).describe("refused: AWS answered AccessDenied; error: anything else"),
  error_code: awsWord(128).optional().describe("AWS's error code, such as AccessDenied"),
  sts_request_id: awsWord(128).optional(),
  expires_at: time.optional().describe("Of the credentials, where there are some"),
});

const policyCharacters = 2_048;
export const wantedCredentials = z.strictObject({
  purpose,
  duration_seconds: durationSeconds,
  session_policy: z
    .union(
      [z.string(), z.record(z.string(), z.unknown())],
      "Write an IAM policy, as an object or as JSON text; leave it out for none.",
    )
    .transform((policy) => (typeof policy === "string" ? policy : JSON.stringify(policy)))
    .refine(isJsonObject, "Write an IAM policy, as an object or as JSON text; leave it out for none.")
    .refine(({ length }) => length <= policyCharacters, `It has ${policyCharacters} characters at most.`)
    .optional()
    .describe("An IAM policy, which can only take away from what the role allows"),
});
export const wantedCustomerCredentials = wantedCredentials.extend({
  connection_id: z.string().optional().describe("Needed where the customer has several connections that may be used"),
});

export const credentials = z
  .strictObject({
    access_key_id: z.string(),
    secret_access_key: z.string(),
    session_token: z.string(),
    expires_at: time.describe("Ask again before then"),
    connection_id: z.uuid(),
    session_name: z.string().describe("As the customer's CloudTrail shows it"),
    region: z.string(),
  })
  .describe("Temporary credentials of a connection's role.");

const customerFields = { customer: reference, name: z.string(), created_at: time };
export const customer = z.strictObject(customerFields).describe("A customer of the vendor.");
export const customersPage = z.strictObject({ data: z.array(customer), next_cursor: nextCursor });
const customerName = text(200)
  .trim()
  .regex(oneLine, notOneLine)
  .refine(isVisible, "Write a name of 1 to 200 characters.")
  .describe("As people read it");
export const customersQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .refine((given) => readReferenceCursor(given) !== undefined, "Use the next_cursor of the page before, as it is.")
    .optional()
    .describe("The next_cursor of the page before"),
});
export const wantedCustomer = z.strictObject({
  customer: reference.regex(oneLine, notOneLine).refine(isVisible, "Write a reference that can be read."),
  name: customerName,
});
export const changedCustomer = z.strictObject({ name: customerName });

const { email, role } = invitePersonInput.shape;
export const wantedMember = z.strictObject({ email: email.describe("Verified by the identity provider"), role });
export const newMember = z
  .strictObject({
    id: z.uuid().describe("The invitation's ID"),
    email: z.string(),
    role,
    state: invitationViewSchema.shape.state,
    expires_at: time,
    url: z.url().optional().describe("To be sent to the person. Told once: absent where the request is sent again"),
  })
  .describe("An invitation to a customer's team.");
export const memberQuery = z.strictObject({ user_id: z.uuid("Write the user_id of a member.") });

const { seen, externalId: nextId } = rotationViewSchema.shape.running.unwrap().shape;
const { outcome: endedAs } = rotationViewSchema.shape.last.unwrap().shape;
export const rotation = z
  .strictObject({
    running: z
      .strictObject({
        external_id: nextId,
        started_at: time,
        expires_at: time.describe("When the new external ID is retired unless it is used"),
        is_accepted: z.boolean().describe("AWS accepted the new one last"),
        seen,
        stack_name: z.string(),
        update_url: z.url().describe("Opens the stack's update page, where ExternalId is to be set to the new one"),
        update_stack_command: z.string().describe("The same with the AWS CLI"),
        change_set_command: z.string().describe("The same by a change set, which also undoes what was changed by hand"),
        trust_command: z.string().describe("For a role that no stack made: its trust policy with the new one"),
      })
      .nullable()
      .describe("Null while no rotation runs"),
    last: z
      .strictObject({ outcome: endedAs, ended_at: time })
      .nullable()
      .describe("How the last one ended; null before the first"),
  })
  .describe("The rotation of a connection's external ID.");

export const receiptPath = connectionPath.extend({
  receipt: z
    .union([z.enum(receiptKinds), z.uuid()], `Write ${receiptKinds.join(", ")}, or the ID of a receipt.`)
    .describe(
      "A receipt's ID, or the latest of a kind: setup, that the setup permissions are gone; rotation, how the external ID's last rotation ended; end, what AWS answered after the connection had ended",
    ),
});
export const receipt = z.record(z.string(), z.unknown()).describe("A receipt, as it was written that day.");

export const trustPolicyQuery = z.strictObject({ connection: z.string().describe("The connection's ID") });
export const trustPolicy = z
  .record(z.string(), z.unknown())
  .describe("An IAM policy document, with the connection's external ID.");

const customerId = reference.describe("The vendor's own reference of the customer");
export const wantedIntegration = z.strictObject({
  customer_id: customerId.refine(isVisible, "Write a reference that can be read."),
  customer_name: customerName.optional().describe("Of a customer that is new; one that is there keeps its name"),
  region,
});
export const startedIntegration = z
  .strictObject({
    launch_url: z.url().describe("Opens CloudFormation in the customer's account with everything filled in"),
    external_id: z.string(),
    stack_name: z.string(),
    connection_id: z.uuid(),
  })
  .describe("An integration that was begun.");
export const completedIntegration = z.strictObject({
  customer_id: customerId,
  connection_id: z.string().optional().describe("Needed where several connections of the customer are unfinished"),
  role_arn: submitRoleArnInput.shape.roleArn,
  external_id: text(100)
    .optional()
    .describe("Compared with the one that the portal issued; another one is refused, and none is taken from here"),
});
export const integration = z
  .strictObject({
    status: z.enum(["success", "failed", "verifying"]).describe("verifying: it goes on; failed: the checks say why"),
    connection_id: z.uuid(),
    connection_status: status,
    verification_id: z.uuid(),
    checks: z.array(check),
  })
  .describe("How the verification of an integration is.");

export const customerDataQuery = z.strictObject({
  connection_id: z.string().optional().describe("Needed where the customer has several connections that may be used"),
});
export const customerData = z
  .strictObject({
    customer_id: z.string(),
    connection_id: z.uuid(),
    data: z.strictObject({ account_id: z.string(), arn: z.string() }).describe("Whom AWS takes us for"),
    session_name: z.string().describe("As the customer's CloudTrail shows it"),
  })
  .describe("A little that was read through a customer's role.");
