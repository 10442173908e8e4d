import type { ConnectionStatus, SetupPermissions, TrustSight, VerificationOutcome } from "./status";

/** Ids of the checks; stable, because reports are stored and other programs read them. */
export const CHECK_IDS = [
  "role-arn",
  "assume-role",
  "reject-missing-external-id",
  "reject-wrong-external-id",
  "identity",
  "trust-policy",
  "ongoing-permissions",
  "setup-permissions",
  "excess-permissions",
  "session-duration",
  "template-version",
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

export type CheckStatus = "passed" | "failed" | "warning" | "skipped";

/** One observed fact. `code` marks a value that a person copies elsewhere: an ARN, a policy statement, a command. */
export interface Evidence {
  label: string;
  value: string;
  format?: "text" | "code";
}

/** Ids of causes; stable, because reports and support conversations name them. */
export const DIAGNOSIS_CAUSES = [
  "still-propagating",
  "role-arn-unusable",
  "role-not-found",
  "wrong-external-id",
  "wrong-vendor-principal",
  "wrong-account",
  "role-taken",
  "wrong-partition",
  "region-not-enabled",
  "resource-control-policy",
  "service-control-policy",
  "permissions-boundary",
  "session-policy",
  "resource-policy",
  "missing-permission",
  "explicit-deny",
  "setup-period-over",
  "own-identity",
  "request-not-accepted",
  "throttled",
  "aws-unavailable",
  "trust-open",
  "trust-wider",
  "trust-differs",
  "role-made-again",
  "used-by-others",
  "role-unreadable",
  "policy-unreadable",
  "denied-in-part",
  "simulator-doubts",
  "setup-lingers",
  "setup-too-long",
  "excess-escalation",
  "excess",
  "boundary-gone",
  "boundary-edited",
  "session-too-short",
  "session-too-long",
  "template-outdated",
] as const;

export type DiagnosisCause = (typeof DIAGNOSIS_CAUSES)[number];

export type Confidence = "certain" | "likely" | "possible";

/**
 * One way to do what a remedy says, to be followed as it is; several are alternatives. `command`: for a POSIX shell with the AWS CLI
 * and credentials of the customer's account. `page`: an address, and what to enter there. `EXTERNAL-ID-OF-THIS-CONNECTION` stands
 * for the external ID.
 */
export interface RemedyWay {
  kind: "command" | "page";
  /** When it is the right one, and what it does. */
  label: string;
  value: string;
  enter?: { name: string; value: string };
}

/** A policy of a role; an inline one has no ARN. */
export interface PolicyReference {
  name: string;
  arn?: string;
}

/** What one check found. `cause` and `remedy` are sentences for the customer's cloud admin; no secret is in any of them. */
export interface Check {
  id: CheckId;
  status: CheckStatus;
  title: string;
  evidence: Evidence[];
  cause?: string;
  /** Stable id of the cause, where the classifier named one; docs/diagnosis.md lists them. */
  causeId?: DiagnosisCause;
  confidence?: Confidence;
  remedy?: string;
  /** How to follow the remedy, where a command or a page does. */
  ways?: RemedyWay[];
  /** Policies that the role should not have, or that it lacks. */
  policies?: PolicyReference[];
}

/**
 * What a role looks like, for comparing it with how it looked before. What could not be read is absent. Documents are JSON
 * text with keys in order; `{externalId}` stands for the connection's external ID, `{another external ID …}` with a part of its
 * digest for any other that is compared, and `{roleArn}` for the role's ARN.
 */
export interface RolePicture {
  /** IAM's unique ID, `AROA…`. */
  roleId?: string;
  trustPolicy?: string;
  policies?: { name: string; document: string }[];
  /** `null`: the role has none. */
  boundary?: { name: string; document: string } | null;
  /** Seconds. */
  maxSessionDuration?: number;
  templateVersion?: string;
}

/**
 * One run of the checks. Plain JSON (times are ISO 8601), so that it can be stored as it is. It holds no external ID, and
 * `{roleArn}` where evidence, causes and remedies speak of the role's ARN: `showRoleArn` puts it back.
 */
export interface VerificationReport {
  outcome: VerificationOutcome;
  checks: Check[];
  setupPermissions: SetupPermissions;
  /** When setup statements that are present expire by themselves, ISO 8601: the latest of them, if all of them do. */
  setupExpiresAt?: string;
  /** Ids of the features that the role has, where it could be told. */
  features?: readonly string[];
  /** IAM's unique ID of the role (`AROA…`); another one later means that the role was deleted and made again. */
  roleId?: string;
  accountId?: string;
  /** Name of the stack that made the role, as the role's description tells it. */
  stackName?: string;
  /** What the role looked like, where it could be assumed; for comparing it with another time. */
  picture?: RolePicture;
  /** Whether the role's trust policy could be read, and when that was tried, ISO 8601; missing where AWS gave no answer. */
  trustSeen?: { as: "read" | "denied"; at: string };
  /** What was seen of the two external IDs; only while one is rotated. */
  rotation?: RotationSight;
  /** Binds the report to the role ARN and external ID that it is about without revealing them. */
  subject: string;
  startedAt: string;
  finishedAt: string;
  /** Shows that the client's `verifyIntegration` made the report and that nothing of it was changed since. */
  seal?: string;
}

/** What a verification saw of the two external IDs of a connection whose external ID is rotated. */
export interface RotationSight {
  /** Which of the two AWS accepted, and the report is about; missing where it accepted neither. */
  inUse?: "current" | "next";
  /** What AWS answered to the other one, after a while of asking again; missing where it gave no clear answer. */
  other?: "accepted" | "refused";
  /** Whether the role's trust policy names the other one; missing where it could not be read. */
  otherListed?: boolean;
}

/** What `onCheck` receives while a verification runs. */
export type CheckProgress =
  | { phase: "running"; id: CheckId; title: string }
  | { phase: "waiting"; id: CheckId; title: string; waitingFor: "iam-propagation" | "retry"; attempt: number }
  | { phase: "done"; id: CheckId; check: Check };

/**
 * Kinds of actors; stable, because entries of the access log are signed with them. A person acts as a `customer`'s or as `staff`;
 * a `portal-session` was opened by the vendor's application and a `link` by no one who signed in; an `api-key` and a `service` are
 * other programs; a `job` is one piece of work that runs later, and `system` is the portal by itself.
 */
export const ACTOR_TYPES = [
  "customer",
  "staff",
  "portal-session",
  "link",
  "api-key",
  "service",
  "job",
  "system",
] as const;

export type ActorType = (typeof ACTOR_TYPES)[number];

/** Who asked. `id` is the portal's own identifier: no e-mail address, no name. */
export interface Actor {
  type: ActorType;
  id: string;
}

/** One connection as a storage keeps it: `roleArn` and `externalId` are ciphertext that only the encryptor can read. */
export interface StoredConnection {
  customerId: string;
  connectionId: string;
  /** 12 digits, once known; after that it never changes. */
  accountId: string | null;
  /** Null until a role was proposed. */
  roleArn: Uint8Array | null;
  externalId: Uint8Array;
  /** While the external ID is rotated: the one that is to take its place. The role accepts either of them, not both for long. */
  nextExternalId?: Uint8Array | null;
  /** Whether AWS accepted the next one last, so that it is tried first. */
  nextAccepted?: boolean;
  /** Region whose STS is asked; also says the partition. */
  region: string;
  status: ConnectionStatus;
  /** Whether a role was verified once; where a storage does not keep it, it follows from the status. */
  verified?: boolean;
  /** False while its account is only proposed, as by a link: nothing is issued for it until someone confirms it. */
  confirmed?: boolean;
  /** As last seen; where a storage does not keep it, it follows from the status. */
  setupPermissions?: SetupPermissions;
  /** What was seen of the role's trust policy; a storage that does not keep it cannot tell that a role hides it. */
  trust?: TrustSight;
}

/** Keeps connections. Every method is scoped by customer: someone else's connection is `null`, not an error. */
export interface CredentialStorage {
  get(customerId: string, connectionId: string): Promise<StoredConnection | null>;
  /** Inserts or replaces. */
  put(connection: StoredConnection): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(customerId: string, connectionId: string): Promise<void>;
  list(customerId: string): Promise<StoredConnection[]>;
  /**
   * Changes a connection's external IDs, all or nothing, if they are still those of `before`, byte by byte; says whether they were.
   * Only this starts, completes or ends a rotation; `put` leaves the next one as it is. A storage without it cannot rotate.
   */
  exchangeExternalIds?(
    scope: ConnectionScope,
    before: Pick<StoredExternalIds, "externalId" | "nextExternalId">,
    after: StoredExternalIds,
  ): Promise<boolean>;
}

/** The external IDs of one connection, as ciphertext. */
export interface StoredExternalIds {
  externalId: Uint8Array;
  nextExternalId: Uint8Array | null;
  nextAccepted: boolean;
}

/**
 * What a whole deployment knows of roles and external IDs, over all its customers. A verification asks it whether a role is
 * another connection's. Connections that are disconnected do not count.
 */
export interface ConnectionRegistry {
  /** Whether another connection than this one verified the role, however its ARN spells the name. */
  isRoleTaken(roleArn: string, asking: ConnectionScope): Promise<boolean>;
  /** Those of the external IDs that were issued to other connections than this one, as they were passed. */
  issuedToOthers(externalIds: readonly string[], asking: ConnectionScope): Promise<readonly string[]>;
}

export interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

export type EncryptedField =
  | "roleArn"
  | "externalId"
  | "checkDetail"
  | "setupReceipt"
  | "rotationReceipt"
  | "endReceipt"
  | "report";

/** Authenticated with a ciphertext: it decrypts only for the same customer, connection and field. */
export interface EncryptionContext {
  customerId: string;
  connectionId: string;
  field: EncryptedField;
}

export interface Encryptor {
  encrypt(plaintext: string, context: EncryptionContext): Promise<Uint8Array>;
  /** @throws CrossAccountError `decryption-failed` for a ciphertext that was changed, moved or made with an unknown key */
  decrypt(ciphertext: Uint8Array, context: EncryptionContext): Promise<string>;
}

/**
 * Where an entry is not of a request that was made or refused just then. `announced`: a caller was told how to assume the role by its own
 * AWS identity. `kept-session`: credentials of a session that was open already were given away. `reported`: what a caller said became of
 * an announced one.
 */
export const ACCESS_LOG_SOURCES = ["announced", "kept-session", "reported"] as const;

export type AccessLogSource = (typeof ACCESS_LOG_SOURCES)[number];

export interface AccessLogEntry {
  /** A UUID, for a log that gives entries IDs, where whoever records the entry has to know it. */
  id?: string;
  customerId: string;
  connectionId: string;
  actor: Actor;
  purpose: string;
  /** As the customer's CloudTrail shows it; empty when no request was made. */
  sessionName: string;
  region: string;
  outcome: "allowed" | "refused" | "error";
  /** AWS's error code, or ours when the portal itself refused. */
  errorCode?: string;
  /** STS's request ID. */
  requestId?: string;
  latencyMs: number;
  expiresAt?: Date;
  source?: AccessLogSource;
  /** True for the calls that a verification makes to prove something; a refused probe may be exactly what is wanted. */
  probe: boolean;
  at: Date;
}

/** What is known of an assumption before AWS is asked. */
export type BegunAssumption = Pick<
  AccessLogEntry,
  "customerId" | "connectionId" | "actor" | "purpose" | "region" | "probe"
>;

/** Where assumptions are recorded. When `record` or `begin` rejects, no credentials are handed out. */
export interface AccessLog {
  /** Where there is `begin`, it says how an assumption ended that was begun with that session name. */
  record(entry: AccessLogEntry): Promise<void>;
  /** Writes an entry before AWS is asked, and gives the name that the session is to have. Another log makes its entry afterwards. */
  begin?(assumption: BegunAssumption): Promise<{ sessionName: string }>;
}

/** Hears of every connection that changes, such as through a database's notifications. */
export interface ConnectionWatch {
  /**
   * A number that stays the same for as long as no change can have been missed, and is another one after a gap; `null`
   * while changes may be missed. What it hears it passes on to the client's `invalidate`.
   */
  hearing(): number | null;
}
