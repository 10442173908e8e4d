import { LRUCache } from "lru-cache";
import type { RoleSession } from "../aws/assume-role";
import { recordAssumption } from "../aws/recorded-assumption";
import type { AwsCredentialProvider } from "../aws/sts-clients";
import { CrossAccountError } from "../errors";
import { connectionToUse, requireConnection } from "../storage/connections";
import { sameBytes } from "../storage/external-ids";
import type { ConnectionWatch, CredentialStorage, StoredConnection } from "../types";
import { createAcceptedIds } from "./accepted-ids";
import { isFinal } from "./assumption-error";
import { createDeadline } from "./deadline";
import { type OpenedSession, type OpenSessionDependencies, openSession } from "./open-session";
import { requireUsable } from "./require-usable";
import { sdkProvider } from "./sdk-provider";
import type { AssumeCustomerRoleOptions, SessionDefaults } from "./session-request";
import {
  fingerprintsOf,
  openedWith,
  readSessionRequest,
  requestKey,
  type SessionRequest,
  secretsFingerprint,
  sessionKey,
} from "./session-request";
import { createSessionStore, type KeptSession } from "./session-store";
import { createSingleFlight, type Flight } from "./single-flight";
import { createStatusTrust, type StatusMark } from "./status-trust";
import { createStsFailover } from "./sts-failover";

/** The next session is opened when between 20 and 30 % of this one's time is left, so that processes do not ask at once. */
const REFRESH_SHARE = 0.2;
const REFRESH_SPREAD = 0.1;
/** What begins with a session must have time to reach AWS. */
const SPARE_MILLISECONDS = 60_000;
/** Pause after a refresh that got no answer; half to all of it. */
const REFRESH_PAUSE_MILLISECONDS = 10_000;

export interface SessionsDependencies extends OpenSessionDependencies {
  config: SessionDefaults;
  storage: CredentialStorage;
  watch?: ConnectionWatch;
  statusMaxAgeMs: number;
  maxSessions: number;
  deadlineMs: number;
  /** From 0 up to 1. */
  jitter: () => number;
}

/** Credentials, and how the customer finds what is done with them. */
export interface IssuedCredentials {
  credentials: RoleSession["credentials"];
  connectionId: string;
  /** As the customer's CloudTrail shows it. */
  sessionName: string;
  region: string;
}

export interface Sessions {
  provider(customerId: string, options: AssumeCustomerRoleOptions): AwsCredentialProvider;
  /** A session, to be used in this process. */
  use(customerId: string, options: AssumeCustomerRoleOptions): Promise<IssuedCredentials>;
  /** For a caller elsewhere: unlike those of `provider`, every hand-out is in the access log before this resolves. */
  issue(customerId: string, options: AssumeCustomerRoleOptions): Promise<IssuedCredentials>;
  invalidate(customerId: string, connectionId: string): void;
}

interface Asked {
  readonly customerId: string;
  /** Undefined leaves it to the customer's only usable connection. */
  readonly connectionId?: string;
  readonly request: SessionRequest;
  readonly requestKey: string;
}

/** A customer's only usable connection, as it was found. */
interface Choice {
  readonly connectionId: string;
  readonly mark: StatusMark;
}

/**
 * Customers' sessions, kept in memory. One is handed out only while its connection's status is trusted; else the status is
 * read first, and AWS is asked only when no session is kept.
 */
export function createSessions(dependencies: SessionsDependencies): Sessions {
  const { config, storage, watch, statusMaxAgeMs, maxSessions, deadlineMs, clock, jitter } = dependencies;
  const trust = createStatusTrust(watch, statusMaxAgeMs, clock);
  const store = createSessionStore(maxSessions);
  const choices = new LRUCache<string, Choice>({ max: maxSessions });
  const resolving = createSingleFlight<KeptSession>();
  const opening = createSingleFlight<OpenedSession>();
  const acceptedIds = createAcceptedIds(storage, maxSessions);
  const askSts = createStsFailover();
  const within = createDeadline(deadlineMs);

  function provider(customerId: string, options: AssumeCustomerRoleOptions): AwsCredentialProvider {
    return sdkProvider(sessionOf(readAsked(customerId, options)));
  }

  function readAsked(customerId: string, options: AssumeCustomerRoleOptions): Asked {
    const request = readSessionRequest(config, options);
    return { customerId, connectionId: options.connectionId, request, requestKey: requestKey(request) };
  }

  /** The kept session while its connection's status is trusted, else one that is looked for. */
  function sessionOf(asked: Asked): () => KeptSession | Promise<KeptSession> {
    const { customerId } = asked;
    const keyOf = rememberLast((connectionId) => sessionKey(customerId, connectionId, asked.requestKey));
    return () => {
      const now = clock().getTime();
      const connectionId = asked.connectionId ?? chosen(customerId, now);
      const kept = connectionId === undefined ? undefined : store.get(keyOf(connectionId));
      if (!kept || now >= kept.endsAt || !trust.holds(kept.mark, now)) return resolve(asked);
      if (now >= kept.refreshAt) refresh(asked, kept, now);
      return kept;
    };
  }

  async function issue(customerId: string, options: AssumeCustomerRoleOptions): Promise<IssuedCredentials> {
    const asked = readAsked(customerId, options);
    const current = sessionOf(asked);
    return issued(await handOut(asked, current, await current()));
  }

  async function use(customerId: string, options: AssumeCustomerRoleOptions): Promise<IssuedCredentials> {
    const kept = await sessionOf(readAsked(customerId, options))();
    // The entry of its opening was for this use: who is given its credentials later has an entry of its own.
    kept.isHandedOut = true;
    return issued(kept);
  }

  /** Its connection may be paused, or another session take its place, while the log is written: then it is not handed out. */
  async function handOut(
    asked: Asked,
    current: () => KeptSession | Promise<KeptSession>,
    kept: KeptSession,
  ): Promise<KeptSession> {
    if (!kept.isHandedOut) {
      kept.isHandedOut = true;
      return kept;
    }
    const { customerId, connectionId, sessionName, requestId, region, credentials } = kept;
    const { actor, purpose } = asked.request;
    await recordAssumption(dependencies.accessLog, {
      ...{ customerId, connectionId, actor, purpose, sessionName, requestId, region, source: "kept-session" },
      ...{ outcome: "allowed", latencyMs: 0, expiresAt: credentials.expiration, probe: false, at: clock() },
    });
    const now = await current();
    return now === kept ? kept : handOut(asked, current, now);
  }

  function chosen(customerId: string, now: number): string | undefined {
    const choice = choices.get(customerId);
    return choice && trust.holds(choice.mark, now) ? choice.connectionId : undefined;
  }

  function resolve(asked: Asked): Promise<KeptSession> {
    const key = sessionKey(asked.customerId, asked.connectionId, asked.requestKey);
    const work = async (flight: Flight) => {
      const { connection, mark } = await readUsable(asked, flight);
      const now = clock().getTime();
      const kept = keptFor(asked, connection);
      if (!kept || now >= kept.endsAt) return open(asked, connection, mark, flight);
      kept.mark = mark;
      if (now >= kept.refreshAt) refresh(asked, kept, now);
      return kept;
    };
    return resolving.run(key, asked.customerId, (flight) => within(() => work(flight)));
  }

  async function readUsable(asked: Asked, flight: Flight): Promise<{ connection: StoredConnection; mark: StatusMark }> {
    const mark = trust.mark();
    const connection = await connectionToUse(storage, asked.customerId, asked.connectionId);
    await refuseUnusable(connection, asked.request);
    const { connectionId } = connection;
    if (asked.connectionId === undefined && !flight.outdated) choices.set(asked.customerId, { connectionId, mark });
    return { connection, mark };
  }

  async function refuseUnusable(connection: StoredConnection, request: SessionRequest): Promise<void> {
    try {
      await requireUsable(dependencies, connection, request);
    } catch (error) {
      store.dropConnection(connection.customerId, connection.connectionId);
      throw error;
    }
  }

  function keptFor(asked: Asked, connection: StoredConnection): KeptSession | undefined {
    const key = sessionKey(asked.customerId, connection.connectionId, asked.requestKey);
    const kept = store.get(key);
    return kept && fingerprintsOf(connection).includes(kept.fingerprint) ? kept : undefined;
  }

  async function open(
    asked: Asked,
    connection: StoredConnection,
    mark: StatusMark,
    flight: Flight,
  ): Promise<KeptSession> {
    const { customerId, connectionId } = connection;
    const key = sessionKey(customerId, connectionId, asked.requestKey);
    const opened = await openWhileKnown(asked, connection, mark, flight);
    const kept = keep(asked, opened.connection, opened.session, opened.mark);
    if (!flight.outdated) store.put(key, kept);
    return kept;
  }

  /**
   * A session by an external ID that is still the connection's when it is handed out. A rotation may complete, or begin, while AWS is
   * asked: then it is asked once more, with what the connection has by then.
   */
  async function openWhileKnown(
    asked: Asked,
    connection: StoredConnection,
    mark: StatusMark,
    flight: Flight,
    again = true,
  ): Promise<{ session: OpenedSession; connection: StoredConnection; mark: StatusMark }> {
    const tried = await attempt(asked, connection);
    if (!tried.ok && !(again && (await hasOtherIds(connection)))) throw tried.error;
    if (tried.ok && !flight.outdated && trust.holds(mark, clock().getTime())) {
      return { session: tried.session, connection, mark };
    }
    const now = await lookAgain(asked, connection, flight);
    if (tried.ok && fingerprintsOf(now.connection).includes(openedWith(connection, tried.session.externalId))) {
      return { session: tried.session, ...now };
    }
    if (again && sameBytes(now.connection.roleArn, connection.roleArn)) {
      return openWhileKnown(asked, now.connection, now.mark, flight, false);
    }
    throw new CrossAccountError(
      "connection-unusable",
      "The connection's role or external ID changed during the request. Try again.",
    );
  }

  async function attempt(
    asked: Asked,
    connection: StoredConnection,
  ): Promise<{ ok: true; session: OpenedSession } | { ok: false; error: unknown }> {
    const { customerId, connectionId } = connection;
    const key = sessionKey(customerId, connectionId, asked.requestKey);
    const work = (signal: AbortSignal) =>
      openSession(dependencies, askSts, connection, acceptedIds.order(connection), asked.request, signal);
    try {
      const session = await opening.run(`${key} ${secretsFingerprint(connection)}`, customerId, () => within(work));
      acceptedIds.note(connection, session.externalId);
      return { ok: true, session };
    } catch (error) {
      if (error instanceof CrossAccountError && error.code === "access-denied") return { ok: false, error };
      throw error;
    }
  }

  /** Whether the connection got another external ID since it was read, which AWS may accept where it refused those of before. */
  async function hasOtherIds(before: StoredConnection): Promise<boolean> {
    const now = await storage.get(before.customerId, before.connectionId).catch(() => null);
    const known = fingerprintsOf(before);
    return (
      now !== null && sameBytes(now.roleArn, before.roleArn) && fingerprintsOf(now).some((one) => !known.includes(one))
    );
  }

  /** The connection may have changed while AWS was asked. */
  async function lookAgain(
    asked: Asked,
    before: StoredConnection,
    flight: Flight,
  ): Promise<{ connection: StoredConnection; mark: StatusMark }> {
    flight.outdated = false;
    const mark = trust.mark();
    const connection = await requireConnection(storage, before.customerId, before.connectionId);
    await refuseUnusable(connection, asked.request);
    return { connection, mark };
  }

  function keep(
    { request }: Asked,
    connection: StoredConnection,
    { credentials, externalId, sessionName, requestId }: OpenedSession,
    mark: StatusMark,
  ): KeptSession {
    const { customerId, connectionId } = connection;
    const now = clock().getTime();
    const end = credentials.expiration.getTime();
    const early = (end - now) * (REFRESH_SHARE + REFRESH_SPREAD * jitter());
    const fingerprint = openedWith(connection, externalId);
    const times = { endsAt: end - SPARE_MILLISECONDS, refreshAt: end - early };
    const shown = { sessionName, requestId, region: request.region ?? connection.region };
    return { customerId, connectionId, fingerprint, credentials, mark, isHandedOut: false, ...shown, ...times };
  }

  /** Its callers do not wait for the next session, and notice nothing of a failure while this one lasts. */
  function refresh(asked: Asked, kept: KeptSession, now: number): void {
    kept.refreshAt = now + REFRESH_PAUSE_MILLISECONDS * (0.5 + jitter() / 2);
    const { customerId, connectionId } = kept;
    const key = sessionKey(customerId, connectionId, asked.requestKey);
    const work = async (flight: Flight) => {
      const { connection, mark } = await readUsable({ ...asked, connectionId }, flight);
      // Opened ahead of its first use, which is to have an entry of its own.
      return Object.assign(await open(asked, connection, mark, flight), { isHandedOut: true });
    };
    const next = resolving.run(`refresh ${key}`, customerId, (flight) => within(() => work(flight)));
    next.catch((error: unknown) => {
      if (isFinal(error)) store.drop(key, kept);
    });
  }

  return {
    provider,
    use,
    issue,
    invalidate(customerId, connectionId) {
      resolving.outdate(customerId);
      opening.outdate(customerId);
      choices.delete(customerId);
      store.dropConnection(customerId, connectionId);
    },
  };
}

function issued({ credentials, connectionId, sessionName, region }: KeptSession): IssuedCredentials {
  return { credentials: { ...credentials }, connectionId, sessionName, region };
}

function rememberLast(make: (input: string) => string): (input: string) => string {
  let last: { input: string; output: string } | undefined;
  return (input) => {
    if (last?.input !== input) last = { input, output: make(input) };
    return last.output;
  };
}
