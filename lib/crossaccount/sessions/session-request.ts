import { createHash } from "node:crypto";
import { MAX_SESSION_SECONDS, MIN_SESSION_SECONDS } from "../aws/assume-role";
import { CrossAccountError } from "../errors";
import { externalIdsOf, type KnownExternalId } from "../storage/external-ids";
import { ACTOR_TYPES, type Actor, type StoredConnection } from "../types";

const LONGEST_PURPOSE = 200;
const LONGEST_ACTOR_ID = 200;
/** STS takes no more in plain text, and less where its packed form is larger. */
const LONGEST_POLICY = 2_048;

export interface AssumeCustomerRoleOptions {
  /** Needed when the customer has more than one usable connection. */
  connectionId?: string;
  region?: string;
  /** Why; in the access log and, shortened to its letters, in the session name that the customer's CloudTrail shows. */
  purpose: string;
  /** `{ type: "service", id: <service name> }` unless given. */
  actor?: Actor;
  /** IAM policy as JSON text or object; can only take away from what the role allows. */
  sessionPolicy?: string | Readonly<Record<string, unknown>>;
  /** 900 to 3,600; the configured session duration unless given. */
  durationSeconds?: number;
}

/** What a request that does not say it gets; a config has both. */
export interface SessionDefaults {
  /** The actor, a service of this name. */
  serviceName: string;
  /** Seconds. */
  sessionDuration: number;
}

/** What a session is for. None is shared between two requests that differ in anything here. */
export interface SessionRequest {
  actor: Actor;
  purpose: string;
  /** The connection's own Region unless given. */
  region?: string;
  /** JSON text. */
  sessionPolicy?: string;
  durationSeconds: number;
}

/** @throws CrossAccountError `input-invalid` */
export function readSessionRequest(config: SessionDefaults, options: AssumeCustomerRoleOptions): SessionRequest {
  if (typeof options !== "object" || options === null)
    throw invalid('Say what the session is for: assumeCustomerRole(customerId, { purpose: "…" }).');
  const { actor, region, durationSeconds } = options;
  const purpose = typeof options.purpose === "string" ? options.purpose.trim() : "";
  if (purpose.length === 0 || purpose.length > LONGEST_PURPOSE) {
    throw invalid(`The purpose must say what the session is for, in 1 to ${LONGEST_PURPOSE} characters.`);
  }
  const duration = durationSeconds ?? Math.min(config.sessionDuration, MAX_SESSION_SECONDS);
  if (!Number.isInteger(duration) || duration < MIN_SESSION_SECONDS || duration > MAX_SESSION_SECONDS) {
    throw invalid(`durationSeconds must be a whole number from ${MIN_SESSION_SECONDS} to ${MAX_SESSION_SECONDS}.`);
  }
  const sessionPolicy =
    typeof options.sessionPolicy === "object" && options.sessionPolicy !== null
      ? JSON.stringify(options.sessionPolicy)
      : options.sessionPolicy;
  // Nobody who gives one means none.
  if (sessionPolicy === "" || (sessionPolicy !== undefined && typeof sessionPolicy !== "string")) {
    throw invalid("sessionPolicy must be an IAM policy, as an object or as JSON text; leave it out for none.");
  }
  if (sessionPolicy !== undefined && sessionPolicy.length > LONGEST_POLICY) {
    throw invalid(`The session policy has ${sessionPolicy.length} characters; STS takes ${LONGEST_POLICY} at most.`);
  }
  return {
    actor: actor ? readActor(actor) : { type: "service", id: config.serviceName },
    purpose,
    region,
    sessionPolicy,
    durationSeconds: duration,
  };
}

/** The access log keeps for ever what it is given, so nothing gets there that its readers do not know. */
function readActor({ type, id }: Actor): Actor {
  if (!ACTOR_TYPES.includes(type)) throw invalid(`The actor's type must be one of ${ACTOR_TYPES.join(", ")}.`);
  if (typeof id !== "string" || id.length === 0 || id.length > LONGEST_ACTOR_ID) {
    throw invalid(`The actor's id must say who asks, in 1 to ${LONGEST_ACTOR_ID} characters.`);
  }
  return { type, id };
}

export function requestKey({ actor, purpose, region, sessionPolicy, durationSeconds }: SessionRequest): string {
  return JSON.stringify([actor.type, actor.id, purpose, region ?? null, sessionPolicy ?? null, durationSeconds]);
}

export function sessionKey(customerId: string, connectionId: string | undefined, request: string): string {
  return JSON.stringify([customerId, connectionId ?? null]) + request;
}

/** Another one after the role or its external IDs changed. */
export function secretsFingerprint(connection: StoredConnection): string {
  return fingerprintsOf(connection).toSorted().join(" ");
}

/** Of what a session may have been opened with, so that it is not used any more once a role or an external ID is no longer the connection's. */
export function fingerprintsOf(connection: StoredConnection): string[] {
  return externalIdsOf(connection).map((externalId) => openedWith(connection, externalId));
}

export function openedWith({ roleArn }: StoredConnection, { ciphertext }: KnownExternalId): string {
  const hash = createHash("sha256").update(ciphertext).update("|");
  return hash.update(roleArn ?? "").digest("base64");
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("input-invalid", message);
}
