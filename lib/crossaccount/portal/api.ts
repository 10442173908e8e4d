// Made from docs/openapi.json by `npm run openapi`.

import type { CallOptions, Pages, Transport, WriteOptions } from "./types";

/** One use of a connection, allowed or refused. */
export interface AccessLogEntry {
  id: string;
  connection_id: string;
  sequence: number;
  at: string;
  outcome: "allowed" | "refused" | "error";
  /** announced: its caller was told how to assume the role itself; kept-session: credentials of an open session were given away; reported: its caller's word; null where AWS or the portal answered just then */
  source: "announced" | "kept-session" | "reported" | null;
  /** Made by a verification */
  probe: boolean;
  actor: {
    type: string;
    id: string;
    name: string | null;
  };
  purpose: string;
  session_name: string;
  region: string;
  sts_request_id: string | null;
  error_code: string | null;
  latency_ms: number;
  expires_at: string | null;
}

export interface AccessLogPage {
  data: AccessLogEntry[];
  /** For the page that follows; null at the end */
  next_cursor: string | null;
}

/** An assumption by the caller's own AWS identity. */
export interface Assumption {
  id: string;
  connection_id: string;
  purpose: string;
  /** To be sent as RoleSessionName; the customer's CloudTrail shows it */
  session_name: string;
  region: string;
  announced_at: string;
  /** When the session ends, if it began at once */
  expires_at: string;
  /** Null until there is one */
  report: {
    outcome: "allowed" | "refused" | "error";
    error_code: string | null;
    sts_request_id: string | null;
    expires_at: string | null;
    reported_at: string;
    /** Whose word it is */
    reported_by: {
      type: string;
      id: string;
    };
  } | null;
}

export interface AssumptionReport {
  /** refused: AWS answered AccessDenied; error: anything else */
  outcome: "allowed" | "refused" | "error";
  /** AWS's error code, such as AccessDenied */
  error_code?: string;
  sts_request_id?: string;
  /** Of the credentials, where there are some */
  expires_at?: string;
}

export interface ChangedConnection {
  name: string;
}

export interface ChangedCustomer {
  /** As people read it */
  name: string;
}

export interface CompletedIntegration {
  /** The vendor's own reference of the customer */
  customer_id: string;
  /** Needed where several connections of the customer are unfinished */
  connection_id?: string;
  role_arn: string;
  /** Compared with the one that the portal issued; another one is refused, and none is taken from here */
  external_id?: string;
}

/** Everything about a connection. */
export interface Connection {
  id: string;
  /** The vendor's own reference of the customer */
  customer: string;
  name: string;
  status: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
  partition: string;
  region: string;
  /** 12 digits; null until it is known */
  account_id: string | null;
  setup_permissions: "unknown" | "present" | "gone" | "never-granted";
  created_at: string;
  status_changed_at: string;
  /** When a verification last had a conclusion; null before */
  last_verified_at: string | null;
  external_id: string;
  /** Null until there is a role */
  role_arn: string | null;
  role_name: string;
  stack_name: string;
  features: string[];
  launched_at: string | null;
  /** When a role was first verified; null before */
  proven_at: string | null;
  /** When the setup permissions were verified gone; null while they are not */
  setup_gone_at: string | null;
}

/** A connection in a list. */
export interface ConnectionSummary {
  id: string;
  /** The vendor's own reference of the customer */
  customer: string;
  name: string;
  status: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
  partition: string;
  region: string;
  /** 12 digits; null until it is known */
  account_id: string | null;
  setup_permissions: "unknown" | "present" | "gone" | "never-granted";
  created_at: string;
  status_changed_at: string;
  /** When a verification last had a conclusion; null before */
  last_verified_at: string | null;
}

export interface ConnectionsPage {
  data: ConnectionSummary[];
  /** For the page that follows; null at the end */
  next_cursor: string | null;
}

/** Temporary credentials of a connection's role. */
export interface Credentials {
  access_key_id: string;
  secret_access_key: string;
  session_token: string;
  /** Ask again before then */
  expires_at: string;
  connection_id: string;
  /** As the customer's CloudTrail shows it */
  session_name: string;
  region: string;
}

/** A customer of the vendor. */
export interface Customer {
  /** The vendor's own reference of a customer */
  customer: string;
  name: string;
  created_at: string;
}

/** A little that was read through a customer's role. */
export interface CustomerData {
  customer_id: string;
  connection_id: string;
  /** Whom AWS takes us for */
  data: {
    account_id: string;
    arn: string;
  };
  /** As the customer's CloudTrail shows it */
  session_name: string;
}

export interface CustomersPage {
  data: Customer[];
  /** For the page that follows; null at the end */
  next_cursor: string | null;
}

/** Something that happened. */
export interface Event {
  id: string;
  /** In the order of commits; some numbers are left out */
  sequence: number;
  type:
    | "connection.created"
    | "connection.proposed"
    | "connection.verified"
    | "connection.status_changed"
    | "connection.insecure"
    | "connection.broken"
    | "connection.recovered"
    | "connection.setup_removed"
    | "connection.paused"
    | "connection.resumed"
    | "connection.disconnected"
    | "connection.rotation_started"
    | "connection.rotation_completed"
    | "connection.drift_found"
    | "connection.link_opened"
    | "customer.created"
    | "member.added"
    | "member.removed";
  created_at: string;
  /** The vendor's own reference of the customer */
  customer: string;
  /** The connection's ID; absent for what is of a customer as a whole */
  connection?: string;
  /** IDs and words, such as a status before and after */
  data: Record<string, string>;
}

export interface EventsPage {
  data: Event[];
  /** For the page that follows; null at the end */
  next_cursor: string | null;
}

/** How a connection's status changed. */
export interface History {
  /** Newest first */
  data: {
    from: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
    to: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
    /** Why, in a sentence */
    cause: string;
    at: string;
  }[];
  /** Ask again with it as before, for what came earlier; null where that is all */
  older_before: string | null;
}

/** How the verification of an integration is. */
export interface Integration {
  /** verifying: it goes on; failed: the checks say why */
  status: "success" | "failed" | "verifying";
  connection_id: string;
  connection_status: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
  verification_id: string;
  checks: {
    id:
      | "role-arn"
      | "assume-role"
      | "reject-missing-external-id"
      | "reject-wrong-external-id"
      | "identity"
      | "trust-policy"
      | "ongoing-permissions"
      | "setup-permissions"
      | "excess-permissions"
      | "session-duration"
      | "template-version";
    /** waiting: for AWS, before it asks again */
    status: "passed" | "failed" | "warning" | "skipped" | "running" | "waiting";
    title: string;
    /** What was observed */
    evidence: {
      label: string;
      value: string;
      /** code: a value to copy, such as an ARN or a policy statement */
      format?: "text" | "code";
    }[];
    /** The likeliest cause, unless it passed */
    cause?: string;
    /** How sure the cause is */
    confidence?: "certain" | "likely" | "possible";
    /** One next step */
    remedy?: string;
    /** How to follow the remedy, where a command or a page does; alternatives */
    ways: {
      /** command: for a shell with the AWS CLI; page: an address */
      kind: "command" | "page";
      label: string;
      /** EXTERNAL-ID-OF-THIS-CONNECTION stands for the external ID */
      value: string;
      /** What to enter on the page */
      enter?: {
        name: string;
        value: string;
      };
    }[];
  }[];
}

export interface Link {
  id: string;
  purpose: "setup" | "repair";
  state: "open" | "done" | "revoked" | "expired";
  created_at: string;
  expires_at: string;
  opened_at: string | null;
  used_at: string | null;
}

export interface Links {
  data: Link[];
}

export interface Member {
  user_id: string;
  name: string;
  email: string | null;
  role: "admin" | "viewer";
  since: string;
}

export interface Members {
  data: Member[];
}

export interface NamedRole {
  role_arn: string;
}

/** What it takes to assume the role once, now, by an AWS identity of the vendor's account. */
export interface NewAssumption {
  id: string;
  connection_id: string;
  purpose: string;
  /** To be sent as RoleSessionName; the customer's CloudTrail shows it */
  session_name: string;
  region: string;
  announced_at: string;
  /** When the session ends, if it began at once */
  expires_at: string;
  role_arn: string;
  external_id: string;
  /** To be tried where AWS refuses external_id; null unless the external ID is rotated just now */
  other_external_id: string | null;
  partition: string;
  /** To be sent as DurationSeconds */
  duration_seconds: number;
}

/** A connection, and how its customer makes the role. */
export interface NewConnection {
  connection: Connection;
  /** Opens CloudFormation in the customer's account with everything filled in */
  launch_url: string;
  /** The same with the AWS CLI */
  create_stack_command: string;
  template_url: string;
  /** When the setup permissions end, counted from this answer */
  setup_expires_at: string;
}

/** A link that was just made. */
export interface NewLink {
  id: string;
  purpose: "setup" | "repair";
  state: "open" | "done" | "revoked" | "expired";
  created_at: string;
  expires_at: string;
  opened_at: string | null;
  used_at: string | null;
  /** To be sent to whoever is to use it. Told once: absent where the request is sent again */
  url?: string;
}

/** An invitation to a customer's team. */
export interface NewMember {
  /** The invitation's ID */
  id: string;
  email: string;
  role: "admin" | "viewer";
  state: "open" | "accepted" | "revoked" | "expired";
  expires_at: string;
  /** To be sent to the person. Told once: absent where the request is sent again */
  url?: string;
}

/** Everything that the template grants. */
export interface Permissions {
  permissions: {
    phase: "ongoing" | "setup";
    /** Id of the feature that it comes with */
    feature?: string;
    sid: string;
    effect: "Allow" | "Deny";
    /** `*` where the statement says what it leaves out, in notActions */
    actions: string[];
    not_actions?: string[];
    resources: string[];
    not_resources?: string[];
    /** As in an IAM policy */
    condition?: Record<string, Record<string, string | string[]>>;
    /** Why the vendor needs it */
    why: string;
    risk: "low" | "medium" | "high";
    /** Why its author asks for it as broadly as it is */
    broad?: string;
    /** What the statement allows, made from actions and resources alone */
    summary: string;
    /** Statements of the config that deny some of it, by sid */
    limited_by: string[];
    /** What it makes possible beyond what is listed, a sentence each */
    leads_to: string[];
    /** Why its author asks for that */
    escalates?: string;
  }[];
  managed_policies: {
    phase: "ongoing" | "setup";
    /** Id of the feature that it comes with */
    feature?: string;
    arn: string;
    /** As the AWS console lists it */
    name: string;
    /** Why the vendor needs it */
    why: string;
    risk: "low" | "medium" | "high";
    /** Known to be for reading alone, as AWS has it now */
    read_only: boolean;
    /** What more it makes possible, in the vendor's words */
    escalates?: string;
  }[];
}

/** Why a request failed. */
export interface Problem {
  type: "about:blank";
  /** What the status means */
  title: string;
  status: number;
  /** Stable; for programs. More may come */
  code:
    | "key-invalid"
    | "address-not-allowed"
    | "scope-missing"
    | "not-allowed"
    | "not-found"
    | "invalid-input"
    | "conflict"
    | "idempotency-key-reused"
    | "idempotency-key-in-use"
    | "method-not-allowed"
    | "body-too-large"
    | "content-type-unsupported"
    | "rate-limited"
    | "unavailable"
    | "internal"
    | "config-invalid"
    | "external-id-unavailable"
    | "role-arn-invalid"
    | "region-not-supported"
    | "partition-not-configured"
    | "template-too-large"
    | "template-upload-failed"
    | "template-missing"
    | "launch-link-invalid"
    | "access-denied"
    | "identity-invalid"
    | "region-disabled"
    | "request-invalid"
    | "throttled"
    | "aws-unavailable"
    | "connection-unusable"
    | "connection-ambiguous"
    | "connection-not-found"
    | "rotation-running"
    | "external-id-in-use"
    | "input-invalid"
    | "report-mismatch"
    | "account-mismatch"
    | "role-taken"
    | "access-log-failed"
    | "decryption-failed"
    | "encryption-failed"
    | "storage-failed"
    | "webhook-invalid"
    | "aborted"
    | (string & {});
  /** What happened, and what to do; for people */
  detail: string;
  /** As in X-Request-Id */
  request_id: string;
  /** Faults by field of the path, the query or the body */
  fields?: Record<string, string>;
  /** Whether the same request can succeed later */
  try_again: boolean;
}

/** A receipt, as it was written that day. */
export type Receipt = Record<string, unknown>;

/** The rotation of a connection's external ID. */
export interface Rotation {
  /** Null while no rotation runs */
  running: {
    /** The new one */
    external_id: string;
    started_at: string;
    /** When the new external ID is retired unless it is used */
    expires_at: string;
    /** AWS accepted the new one last */
    is_accepted: boolean;
    /** What was last seen in AWS; null before anyone looked */
    seen: "unused" | "arriving" | "both" | "complete" | "unknown" | null;
    stack_name: string;
    /** Opens the stack's update page, where ExternalId is to be set to the new one */
    update_url: string;
    /** The same with the AWS CLI */
    update_stack_command: string;
    /** The same by a change set, which also undoes what was changed by hand */
    change_set_command: string;
    /** For a role that no stack made: its trust policy with the new one */
    trust_command: string;
  } | null;
  /** How the last one ended; null before the first */
  last: {
    outcome: "completed" | "abandoned" | "expired";
    ended_at: string;
  } | null;
}

/** An integration that was begun. */
export interface StartedIntegration {
  /** Opens CloudFormation in the customer's account with everything filled in */
  launch_url: string;
  external_id: string;
  stack_name: string;
  connection_id: string;
}

/** A CloudFormation document. */
export type Template = Record<string, unknown>;

/** An IAM policy document, with the connection's external ID. */
export type TrustPolicy = Record<string, unknown>;

/** One run of the checks on a connection. */
export interface Verification {
  id: string;
  connection_id: string;
  connection_status: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
  /** abandoned: it was stopped or took too long, which says nothing about the role */
  state: "running" | "finished" | "abandoned";
  /** Null until it finished */
  outcome: "proven" | "insecure" | "failed" | "inconclusive" | null;
  waiting_for: string | null;
  started_at: string;
  finished_at: string | null;
  checks: {
    id:
      | "role-arn"
      | "assume-role"
      | "reject-missing-external-id"
      | "reject-wrong-external-id"
      | "identity"
      | "trust-policy"
      | "ongoing-permissions"
      | "setup-permissions"
      | "excess-permissions"
      | "session-duration"
      | "template-version";
    /** waiting: for AWS, before it asks again */
    status: "passed" | "failed" | "warning" | "skipped" | "running" | "waiting";
    title: string;
    /** What was observed */
    evidence: {
      label: string;
      value: string;
      /** code: a value to copy, such as an ARN or a policy statement */
      format?: "text" | "code";
    }[];
    /** The likeliest cause, unless it passed */
    cause?: string;
    /** How sure the cause is */
    confidence?: "certain" | "likely" | "possible";
    /** One next step */
    remedy?: string;
    /** How to follow the remedy, where a command or a page does; alternatives */
    ways: {
      /** command: for a shell with the AWS CLI; page: an address */
      kind: "command" | "page";
      label: string;
      /** EXTERNAL-ID-OF-THIS-CONNECTION stands for the external ID */
      value: string;
      /** What to enter on the page */
      enter?: {
        name: string;
        value: string;
      };
    }[];
  }[];
}

export interface WantedAssumption {
  /** Why; in the access log, and shortened to its letters in the session name */
  purpose: string;
  /** Whose STS will be asked, in the connection's partition; its own where it is left out */
  region?: string;
  /** 900 to 3,600; the configured session duration where it is left out */
  duration_seconds?: number;
}

export interface WantedConnection {
  /** The vendor's own reference of the customer; a key of one customer may leave it out */
  customer?: string;
  name: string;
  region: string;
  /** Of the account that is to be connected, where it is known; no other is taken then */
  account_id?: string | null;
  /** Ids of the features that are chosen; the config's defaults where it is left out */
  features?: string[];
}

export interface WantedCredentials {
  /** Why; in the access log, and shortened to its letters in the session name */
  purpose: string;
  /** 900 to 3,600; the configured session duration where it is left out */
  duration_seconds?: number;
  /** An IAM policy, which can only take away from what the role allows */
  session_policy?: string | Record<string, unknown>;
}

export interface WantedCustomer {
  /** The vendor's own reference of a customer */
  customer: string;
  /** As people read it */
  name: string;
}

export interface WantedCustomerCredentials {
  /** Why; in the access log, and shortened to its letters in the session name */
  purpose: string;
  /** 900 to 3,600; the configured session duration where it is left out */
  duration_seconds?: number;
  /** An IAM policy, which can only take away from what the role allows */
  session_policy?: string | Record<string, unknown>;
  /** Needed where the customer has several connections that may be used */
  connection_id?: string;
}

export interface WantedIntegration {
  /** The vendor's own reference of the customer */
  customer_id: string;
  /** Of a customer that is new; one that is there keeps its name */
  customer_name?: string;
  region: string;
}

export interface WantedLink {
  purpose: "setup" | "repair";
}

export interface WantedMember {
  /** Verified by the identity provider */
  email: string;
  role: "admin" | "viewer";
}

export interface WantedVerification {
  /** gone: also check that the setup permissions are removed */
  expect_setup?: "present" | "gone";
}

export interface ConnectionsListQuery {
  /** The vendor's own reference of a customer */
  customer?: string;
  status?: "disconnected" | "paused" | "insecure" | "broken" | "pending" | "degraded" | "setup" | "active";
  /** Part of a name, first digits of an account ID, a role's ARN, a connection's ID, a member's e-mail */
  q?: string;
  /** How many at most */
  limit?: number;
}

export interface CustomersListQuery {
  /** How many at most */
  limit?: number;
}

export interface CustomersDeleteMemberQuery {
  user_id: string;
}

export interface EventsListQuery {
  /** The vendor's own reference of a customer */
  customer?: string;
  /** A connection's ID */
  connection?: string;
  type?:
    | "connection.created"
    | "connection.proposed"
    | "connection.verified"
    | "connection.status_changed"
    | "connection.insecure"
    | "connection.broken"
    | "connection.recovered"
    | "connection.setup_removed"
    | "connection.paused"
    | "connection.resumed"
    | "connection.disconnected"
    | "connection.rotation_started"
    | "connection.rotation_completed"
    | "connection.drift_found"
    | "connection.link_opened"
    | "customer.created"
    | "member.added"
    | "member.removed";
  /** The sequence of the last event that you know: what came later is told. */
  after?: number;
  /** How many at most */
  limit?: number;
}

export interface TrustPolicyGetQuery {
  /** The connection's ID */
  connection: string;
}

/** What the API can do, by what it is about. */
export interface PortalApi {
  connections: {
    /** Lists connections, newest first. Scope: `connections:read`. */
    list(query?: ConnectionsListQuery, options?: CallOptions): Pages<ConnectionsPage>;
    /** Makes a connection with an external ID of its own. Scope: `connections:write`. */
    create(body: WantedConnection, options?: WriteOptions): Promise<NewConnection>;
    /** Reads a connection. Scope: `connections:read`. */
    get(id: string, options?: CallOptions): Promise<Connection>;
    /** Renames a connection. Scope: `connections:write`. */
    update(id: string, body: ChangedConnection, options?: WriteOptions): Promise<Connection>;
    /** Deletes a connection whose role was never verified. Scope: `connections:write`. */
    delete(id: string, options?: WriteOptions): Promise<void>;
    /** Lists who used a connection, when and why, newest first. Scope: `access-log:read`. */
    listAccessLog(id: string, options?: CallOptions): Pages<AccessLogPage>;
    /** Announces that the caller assumes the role by an AWS identity of its own, and answers what that takes. The access log has it first. Scope: `connections:assume`. */
    createAssumption(id: string, body: WantedAssumption, options?: WriteOptions): Promise<NewAssumption>;
    /** Reports what became of an announced assumption. The access log keeps it as the word of the key's holder. Scope: `connections:assume`. */
    updateAssumption(
      id: string,
      assumption: string,
      body: AssumptionReport,
      options?: WriteOptions,
    ): Promise<Assumption>;
    /** Issues temporary credentials of a connection's role. The access log has it first. Scope: `credentials:issue`. */
    createCredentials(id: string, body: WantedCredentials, options?: CallOptions): Promise<Credentials>;
    /** Ends a connection for good, in every process at once. Its log, history and receipts stay. Scope: `connections:write`. */
    disconnect(id: string, options?: WriteOptions): Promise<Connection>;
    /** Lists how a connection's status changed, and why. Scope: `access-log:read`. */
    listHistory(id: string, options?: CallOptions): Pages<History>;
    /** Lists a connection's links, newest first, without what opens them. Scope: `links:write`. */
    listLinks(id: string, options?: CallOptions): Promise<Links>;
    /** Makes a link by which someone without a login sets up or repairs a connection. Scope: `links:write`. */
    createLink(id: string, body: WantedLink, options?: WriteOptions): Promise<NewLink>;
    /** Revokes a link. Scope: `links:write`. */
    deleteLink(id: string, link: string, options?: WriteOptions): Promise<void>;
    /** Stops the use of a connection until it is resumed; nothing in AWS changes. It is the customer's own hold by a key of the customer, the vendor's by one of the whole portal. Scope: `connections:write`. */
    pause(id: string, options?: WriteOptions): Promise<Connection>;
    /** Reads a receipt, or the latest of a kind, as it was written that day. Scope: `access-log:read`. */
    getReceipt(id: string, receipt: string, options?: CallOptions): Promise<Receipt>;
    /** Lifts the hold that a key of this kind makes: the customer's own, or the vendor's. The other one stays. Scope: `connections:write`. */
    resume(id: string, options?: WriteOptions): Promise<Connection>;
    /** Names the role of a connection. It is used once a verification has proven it. Scope: `connections:write`. */
    setRole(id: string, body: NamedRole, options?: WriteOptions): Promise<Connection>;
    /** Issues a new external ID, and answers how the stack gets it. Both are tried until a verification saw AWS refuse the former. Scope: `connections:write`. */
    createRotation(id: string, options?: WriteOptions): Promise<Rotation>;
    /** Takes the new external ID back, after AWS was asked: one that is in use stays. Scope: `connections:write`. */
    deleteRotation(id: string, options?: WriteOptions): Promise<void>;
    /** Starts a verification, or answers with the one that runs. It goes on after the answer: poll its address. Scope: `connections:write`. */
    createVerification(id: string, body?: WantedVerification, options?: WriteOptions): Promise<Verification>;
  };
  customers: {
    /** Lists customers in the order of their references. A key of one customer is shown that one. Scope: `customers:read`. */
    list(query?: CustomersListQuery, options?: CallOptions): Pages<CustomersPage>;
    /** Makes a customer, before any of its people come. It takes a key of the whole portal. Scope: `customers:write`. */
    create(body: WantedCustomer, options?: WriteOptions): Promise<Customer>;
    /** Reads a customer. Scope: `customers:read`. */
    get(customer: string, options?: CallOptions): Promise<Customer>;
    /** Renames a customer. Its reference stays. Scope: `customers:write`. */
    update(customer: string, body: ChangedCustomer, options?: WriteOptions): Promise<Customer>;
    /** Lists the people of a customer. Scope: `customers:read`. */
    listMembers(customer: string, options?: CallOptions): Promise<Members>;
    /** Invites a person, who is a member once they accepted with a verified e-mail address. Scope: `customers:write`. */
    createMember(customer: string, body: WantedMember, options?: WriteOptions): Promise<NewMember>;
    /** Takes a person out of a customer's team, from their next request on. Scope: `customers:write`. */
    deleteMember(customer: string, query: CustomersDeleteMemberQuery, options?: WriteOptions): Promise<void>;
  };
  events: {
    /** Lists what happened in the last 30 days, in the order of commits. Scope: `events:read`. */
    list(query?: EventsListQuery, options?: CallOptions): Pages<EventsPage>;
    /** Reads one event. Scope: `events:read`. */
    get(id: string, options?: CallOptions): Promise<Event>;
  };
  permissions: {
    /** Reads what the template grants, in plain words and as policies say it. Scope: `connections:read`. */
    get(options?: CallOptions): Promise<Permissions>;
  };
  template: {
    /** Reads the CloudFormation template that customers launch. Scope: `connections:read`. */
    get(options?: CallOptions): Promise<Template>;
  };
  trustPolicy: {
    /** Reads the trust policy for a connection's role that is made by hand. Scope: `connections:read`. */
    get(query: TrustPolicyGetQuery, options?: CallOptions): Promise<TrustPolicy>;
  };
  verifications: {
    /** Reads a verification, also while it runs. Scope: `connections:write`. */
    get(id: string, options?: CallOptions): Promise<Verification>;
  };
}

export function portalApi({ get, pages, write, send }: Transport): PortalApi {
  return {
    connections: {
      list: (query, options) => pages(["connections"], { ...query }, "next_cursor", options),
      create: (body, options) => write("POST", ["connections"], body, options),
      get: (id, options) => get(["connections", id], {}, options),
      update: (id, body, options) => write("PATCH", ["connections", id], body, options),
      delete: (id, options) => write("DELETE", ["connections", id], undefined, options),
      listAccessLog: (id, options) => pages(["connections", id, "access-log"], {}, "next_cursor", options),
      createAssumption: (id, body, options) => write("POST", ["connections", id, "assumptions"], body, options),
      updateAssumption: (id, assumption, body, options) =>
        write("PATCH", ["connections", id, "assumptions", assumption], body, options),
      createCredentials: (id, body, options) => send("POST", ["connections", id, "credentials"], body, options),
      disconnect: (id, options) => write("POST", ["connections", id, "disconnect"], undefined, options),
      listHistory: (id, options) => pages(["connections", id, "history"], {}, "older_before", options),
      listLinks: (id, options) => get(["connections", id, "links"], {}, options),
      createLink: (id, body, options) => write("POST", ["connections", id, "links"], body, options),
      deleteLink: (id, link, options) => write("DELETE", ["connections", id, "links", link], undefined, options),
      pause: (id, options) => write("POST", ["connections", id, "pause"], undefined, options),
      getReceipt: (id, receipt, options) => get(["connections", id, "receipts", receipt], {}, options),
      resume: (id, options) => write("POST", ["connections", id, "resume"], undefined, options),
      setRole: (id, body, options) => write("PUT", ["connections", id, "role"], body, options),
      createRotation: (id, options) => write("POST", ["connections", id, "rotation"], undefined, options),
      deleteRotation: (id, options) => write("DELETE", ["connections", id, "rotation"], undefined, options),
      createVerification: (id, body, options) =>
        write("POST", ["connections", id, "verifications"], body ?? {}, options),
    },
    customers: {
      list: (query, options) => pages(["customers"], { ...query }, "next_cursor", options),
      create: (body, options) => write("POST", ["customers"], body, options),
      get: (customer, options) => get(["customers", customer], {}, options),
      update: (customer, body, options) => write("PATCH", ["customers", customer], body, options),
      listMembers: (customer, options) => get(["customers", customer, "members"], {}, options),
      createMember: (customer, body, options) => write("POST", ["customers", customer, "members"], body, options),
      deleteMember: (customer, query, options) =>
        write("DELETE", ["customers", customer, "members"], undefined, options, { ...query }),
    },
    events: {
      list: (query, options) => pages(["events"], { ...query }, "next_cursor", options),
      get: (id, options) => get(["events", id], {}, options),
    },
    permissions: {
      get: (options) => get(["permissions"], {}, options),
    },
    template: {
      get: (options) => get(["template"], {}, options),
    },
    trustPolicy: {
      get: (query, options) => get(["trust-policy"], { ...query }, options),
    },
    verifications: {
      get: (id, options) => get(["verifications", id], {}, options),
    },
  };
}
