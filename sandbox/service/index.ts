import type { Store } from "../store";

/** An error as AWS answers it: the code, text and HTTP status are AWS's own. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

/**
 * Who signed a request, or for `web-identity` whose token it carries. `arn` is what GetCallerIdentity answers; `principalArn` is
 * `aws:PrincipalArn`.
 */
export interface Principal {
  kind: "user" | "assumed-role" | "anonymous" | "web-identity";
  accountId: string;
  partition: string;
  arn: string;
  principalArn: string;
  userId: string;
  /** Set for an assumed role: where its policies are found. */
  roleName?: string;
  /** Unique ID of the assumed role; a role that was deleted and made again has another one, and its old sessions are void. */
  roleId?: string;
  /** Session policies passed to AssumeRole, as JSON text. */
  sessionPolicies?: string[];
  /** Name of the role session, or of the user. */
  name?: string;
  /** Epoch milliseconds when the session was issued: `aws:TokenIssueTime`. */
  issuedAt?: number;
  /** How a trust policy names the identity provider of a web identity: its ARN, or its host where AWS knows it by that. */
  provider?: string;
}

export interface Authorization {
  /** IAM action such as `iam:GetRole`. */
  action: string;
  /** Resource ARN, or `*` for an action without resource-level permissions. */
  resource: string;
  /** Account that owns the resource; the caller's own when absent. Another one makes it a cross-account call. */
  resourceAccountId?: string;
  /** Resource policy (bucket, key or trust policy) as JSON text; absent means none. */
  resourcePolicy?: string;
  /** True where identity policies alone never suffice: trust policies and key policies. */
  resourcePolicyRequired?: boolean;
  /** Unique IDs that principal ARNs of the resource policy had when it was stored; see `principalIds` of a role. */
  principalIds?: Record<string, string>;
  /** Condition keys of this request beyond the global ones, in AWS's own spelling. */
  conditionKeys?: Record<string, string | string[]>;
  /** Who asks, where that is somebody else than who signed. */
  as?: Principal;
}

export interface RequestContext {
  principal: Principal;
  /** Account whose data the request works on; that of the caller. */
  accountId: string;
  region: string;
  partition: string;
  requestId: string;
  /** Base address of the sandbox such as `http://127.0.0.1:4566`. */
  url: string;
  /** Milliseconds until a change of a role or policy counts for authorisation. */
  propagationMs: number;
  now(): Date;
  /** Lets time pass, also after the answer; ends early when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  store: Store;
  /** Throws AccessDenied (403) with AWS's text unless the policies allow it. */
  authorize(authorization: Authorization): void;
  /** The same request as somebody else makes it: what a service does by a role it was given, or of its own. */
  actAs(principal: Principal, region: string): RequestContext;
  /** Calls another operation as the same caller, with the same checks, as AWS services do for one another. */
  call<T = unknown>(service: string, operation: string, input: Record<string, unknown>): Promise<T>;
}

export type Operation = (input: Record<string, unknown>, context: RequestContext) => unknown;

/** A service that speaks the XML query protocol or AWS JSON: its operations by name. S3 has a router of its own. */
export interface Service {
  name: string;
  protocol: "query" | "json";
  /** XML namespace of a query service. */
  namespace?: string;
  operations: Record<string, Operation>;
  /** Operations that a link without signature may ask for, each with the parameter whose ARN says in which Region. */
  links?: Record<string, string>;
  /** Operations that carry a proof of their own and are not signed. */
  unsigned?: readonly string[];
}
