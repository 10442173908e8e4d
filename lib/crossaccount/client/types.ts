import type { AwsCredentialProvider, AwsSettings } from "../aws/sts-clients";
import type { AnnounceAssumptionOptions, AnnouncedAssumption } from "../sessions/announce-assumption";
import type { AssumeCustomerRoleOptions } from "../sessions/session-request";
import type { IssuedCredentials } from "../sessions/sessions";
import type { SessionTuning } from "../sessions/tuning";
import type { ConnectionStatus } from "../status";
import type {
  AccessLog,
  Actor,
  Check,
  ConnectionRegistry,
  CredentialStorage,
  Encryptor,
  VerificationReport,
} from "../types";
import type { VerifyIntegrationInput } from "../verification/request";
import type { CustomerIdentity } from "./read-identity";

export interface CrossAccountClientOptions extends SessionTuning {
  /** In memory unless given. */
  storage?: CredentialStorage;
  /** A local key that lives as long as the process unless given. */
  encryptor?: Encryptor;
  /** In memory unless given. */
  accessLog?: AccessLog;
  /**
   * Tells that a role is another connection's. The storage in memory has one; a storage of your own needs a registry of your
   * own, or a role in two customers' hands goes unnoticed.
   */
  registry?: ConnectionRegistry;
  aws?: AwsSettings;
  /** Base of the console that launch links open, when it is not AWS's own. */
  consoleUrl?: string;
  /** Resolves after `milliseconds`, rejects when the signal aborts. */
  sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface GenerateIntegrationUrlInput {
  customerId: string;
  /** The vendor's default region unless given. */
  region?: string;
  /** A stored connection keeps its external ID; without one a new connection is made and stored as `pending`. */
  connectionId?: string;
  /** Made from the connection ID unless given; later calls must name the same ones. */
  stackName?: string;
  roleName?: string;
  /** For accounts where every new role must have one. */
  permissionsBoundaryArn?: string;
  /** Ids of the features that were chosen; the config's defaults unless given. */
  features?: readonly string[];
}

export interface IntegrationUrl {
  connectionId: string;
  launchUrl: string;
  externalId: string;
  stackName: string;
  roleName: string;
  templateUrl: string;
  /** When the setup statements of a stack launched by this link expire, ISO 8601. */
  setupExpiresAt: string;
}

export interface StoreCustomerCredentialsInput {
  customerId: string;
  /** The customer's only connection, or a new one, unless given. */
  connectionId?: string;
  roleArn: string;
  /** Needed only for a connection that is not stored yet. */
  externalId?: string;
  region?: string;
  /** What `verifyIntegration` made of exactly this role and external ID, unchanged, with the same encryptor's keys; without one the connection stays `pending` and unusable. */
  report?: VerificationReport;
}

export interface ProbeRoleInput {
  customerId: string;
  connectionId: string;
  roleArn: string;
  /** Tries the external ID that a rotation issued in place of the current one. */
  next?: boolean;
  /** When making the role was begun; it is no older. */
  launchedAt?: Date;
  actor?: Actor;
  signal?: AbortSignal;
}

export interface RotationInput {
  customerId: string;
  /** Needed when the customer has more than one usable connection. */
  connectionId?: string;
}

export interface StartRotationInput extends RotationInput {
  /** Of the stack that made the role; the one of the launch link unless given. */
  stackName?: string;
}

export interface StartedRotation {
  connectionId: string;
  /** The new one, which the stack is to be given. */
  externalId: string;
  stackName: string;
  /** Gives the stack the new one, for a POSIX shell with the AWS CLI and credentials of the customer's account. */
  updateStackCommand: string;
  /** The console's page for the same, where `ExternalId` is to be set and all else kept. */
  updateUrl: string;
}

export interface ProbeAccessInput {
  customerId: string;
  connectionId: string;
  actor?: Actor;
  signal?: AbortSignal;
}

/** What AWS answered when it was asked whether it still lets us in. */
export interface AccessAnswer {
  /**
   * `refused`: AssumeRole was denied, while AWS accepted our own credentials as the vendor's. A role that is gone and one that refuses
   * look alike. `allowed`: it still lets us in; the session was dropped. `unclear`: AWS gave no answer, or it may be our own side.
   */
  answer: "refused" | "allowed" | "unclear";
  /** AWS's error code, where there was one. */
  errorCode?: string;
  /** ISO 8601. */
  at: string;
  /** The vendor's account, as GetCallerIdentity named it in the same run; only beside `refused`. */
  ownAccountId?: string;
}

export interface StoredCredentials {
  connectionId: string;
  status: ConnectionStatus;
}

export interface CrossAccountClient {
  /**
   * Uploads the template and builds the launch link.
   * @throws CrossAccountError
   */
  generateIntegrationUrl(input: GenerateIntegrationUrlInput): Promise<IntegrationUrl>;
  /**
   * Puts the template where CloudFormation reads it, for a connection of this Region, and gives its address. Asks S3 once in
   * the life of the client.
   * @throws CrossAccountError `template-upload-failed`, `partition-not-configured`, `region-not-supported`
   */
  publishTemplate(region: string): Promise<string>;
  /**
   * The address of the template that was published, for a connection of this Region. Writes nothing.
   * @throws CrossAccountError `template-missing`, `template-upload-failed`, `partition-not-configured`, `region-not-supported`
   */
  templateUrl(region: string): Promise<string>;
  /** The CloudFormation document as text. */
  generateCloudFormationTemplate(): string;
  /**
   * Asks AWS once whether a role can be assumed with the stored external ID, to find a role whose ARN can be predicted. It
   * proves nothing about who else may assume it.
   * @returns the check `assume-role`: `failed` where AWS refused, which it also does when there is no such role (yet), and
   * `warning` where it gave no clear answer
   * @throws CrossAccountError `connection-not-found`, `input-invalid`, `access-log-failed`, `decryption-failed`
   */
  probeRole(input: ProbeRoleInput): Promise<Check>;
  /**
   * Asks AWS once whether a stored connection's role can still be assumed with its external ID, and whether a refusal may be due to
   * our own side. For connections that have ended, in whatever status: nothing is used, and the access log has it.
   * @throws CrossAccountError `connection-not-found`, `input-invalid`, `access-log-failed`, `decryption-failed`
   */
  probeAccess(input: ProbeAccessInput): Promise<AccessAnswer>;
  /**
   * Runs the checks. What is wrong with the role is in the report.
   * @throws CrossAccountError `input-invalid`, `connection-ambiguous`, `access-log-failed`, `decryption-failed`,
   * `encryption-failed`, `partition-not-configured`, `region-not-supported`, `aborted`; and what the storage throws
   */
  verifyIntegration(input: VerifyIntegrationInput): Promise<VerificationReport>;
  /** @throws CrossAccountError when the report was changed or is about another role, the account would change, or the role is another connection's */
  storeCustomerCredentials(input: StoreCustomerCredentialsInput): Promise<StoredCredentials>;
  /**
   * Issues the external ID that is to take the current one's place. Both are tried from then on, so that no use fails while the
   * customer updates the stack; `verifyIntegration` and `storeCustomerCredentials` with its report complete it once AWS accepts the
   * new one and refuses the former.
   * @throws CrossAccountError `rotation-running`, `connection-unusable`, `connection-not-found`, `connection-ambiguous`,
   * `external-id-unavailable`, `encryption-failed`, `input-invalid` where the storage cannot rotate; and what the storage throws
   */
  startRotation(input: StartRotationInput): Promise<StartedRotation>;
  /**
   * Takes the new external ID back, after asking AWS; without a rotation it does nothing.
   * @throws CrossAccountError `external-id-in-use` where AWS accepts it, or gives no clear answer; and what `verifyIntegration` throws
   */
  abandonRotation(input: RotationInput): Promise<{ connectionId: string }>;
  /**
   * Credentials of the customer's role, for any SDK client. Nothing is asked until the SDK calls the provider, which then
   * rejects with `connection-not-found`, `connection-ambiguous`, `connection-unusable`, `access-denied`, `throttled`,
   * `aws-unavailable` or another code that says why there are none. Sessions are kept in memory per connection, actor,
   * purpose, session policy, region and duration, and replaced before they expire; SDK clients ask the provider before every
   * request, so that a connection which must not be used any more is not. Credentials that were handed out before live until
   * they expire, one hour at most, unless the customer revokes the role's sessions in AWS.
   */
  assumeCustomerRole(customerId: string, options: AssumeCustomerRoleOptions): AwsCredentialProvider;
  /**
   * What a caller elsewhere needs to assume the role once, by an AWS identity of its own; for callers that are trusted with the external
   * ID. The access log has it before this resolves, and it is refused where `assumeCustomerRole` refuses. What became of it only the
   * caller knows.
   */
  announceAssumption(customerId: string, options: AnnounceAssumptionOptions): Promise<AnnouncedAssumption>;
  /** Asks AWS by a session of the customer's role whom it takes us for: the least use of it that shows that it works. */
  readIdentity(customerId: string, options: AssumeCustomerRoleOptions): Promise<CustomerIdentity>;
  /**
   * Credentials to be given to a caller elsewhere: as those of `assumeCustomerRole`, but every hand-out is in the access log before this
   * resolves, also of a session that is kept.
   */
  issueCredentials(customerId: string, options: AssumeCustomerRoleOptions): Promise<IssuedCredentials>;
  /** Drops a connection's sessions: the next use reads its status first. To be called when a connection changed. */
  invalidate(customerId: string, connectionId: string): void;
}
