import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { learnTime, machineTime } from "./database-time";
import { explainTls } from "./database-tls";

/** Names that PostgreSQL gives to UTC, as servers are configured with them. */
const utc = /^((etc\/)?(utc|uct|universal|zulu|greenwich|gmt([+-]?0)?)|utc[+-]?0)$/i;

/** What of `pg` its types do not declare: the parameters of a session, sent at its start and reported by the server. */
interface Protocol {
  getStartupConf(): Record<string, string>;
  /** No statement is under way. */
  readyForQuery: boolean;
  connection: {
    stream: Socket;
    on(event: "parameterStatus", listener: (status: { parameterName: string; parameterValue: string }) => void): void;
  };
}

const startupOf = (pg.Client.prototype as unknown as Protocol).getStartupConf;

export interface UtcClientSettings extends pg.ClientConfig {
  /** Milliseconds without a byte after which a connection that owes an answer is given up; for ever unless given. */
  answerTimeoutMillis?: number;
}

/**
 * A connection to PostgreSQL whose session is in UTC, whatever the zone of server, database or role. Prisma writes a time
 * without its offset and reads it by dropping the offset (`formatDateTime`, `normalize_timestamptz` of @prisma/adapter-pg), so
 * in another zone every time would be kept off by hours, and those of the hour that summer time skips would be lost.
 *
 * `TimeZone` is sent as a parameter of its own, which beats every default, and which poolers pass on and keep apart for each
 * client (PgBouncer tracks it), while they refuse `options`. What the server reports has the last word.
 */
export class UtcClient extends pg.Client {
  private zone = "not reported";
  private readonly answerTimeoutMillis: number | undefined;

  constructor(config: UtcClientSettings) {
    super({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...config });
    this.answerTimeoutMillis = config.answerTimeoutMillis;
    const protocol = this as unknown as Protocol;
    protocol.getStartupConf = () => ({ ...startupOf.call(this), TimeZone: "UTC" });
    protocol.connection.on("parameterStatus", ({ parameterName, parameterValue }) => {
      if (parameterName === "TimeZone") this.zone = parameterValue;
    });
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error | null, client?: pg.Client) => void): void;
  override connect(callback?: (error: Error | null, client?: pg.Client) => void): Promise<pg.Client> | undefined {
    const connected = this.connectInUtc();
    if (!callback) return connected;
    connected.then((client) => callback(null, client), callback);
    return undefined;
  }

  private async connectInUtc(): Promise<pg.Client> {
    await super.connect().catch((error: unknown) => {
      throw explainTls(error);
    });
    this.giveUpWhenSilent();
    // A pool listens only to what is connected, and an error that nobody listens to ends the process.
    this.on("error", ignore);
    try {
      if (!utc.test(this.zone)) throw new SessionZoneError(this.zone);
      await this.askTime();
    } catch (error) {
      await this.end();
      throw error;
    }
    this.off("error", ignore);
    return this;
  }

  /**
   * Ends the connection itself, since a limit on a statement alone (`query_timeout`) leaves one that nobody answers in its pool,
   * for whoever takes it next.
   */
  private giveUpWhenSilent(): void {
    const { stream } = (this as unknown as Protocol).connection;
    if (!this.answerTimeoutMillis) return;
    stream.setTimeout(this.answerTimeoutMillis);
    // Given to setTimeout, it would be heard once: never again after a pause in which nobody asked anything.
    stream.on("timeout", () => {
      if (!(this as unknown as Protocol).readyForQuery) stream.destroy(new SilentDatabaseError());
    });
  }

  /** So whoever has a connection knows what time it is there. */
  private async askTime(): Promise<void> {
    const asked = machineTime();
    const { rows } = await this.query<{ at: number }>(
      "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS at",
    );
    const [row] = rows;
    if (row) learnTime(row.at, { asked, answered: machineTime() });
  }
}

/** Whoever waits for the connection is told by its rejection. */
function ignore(): void {}

/** The database, or the network before it, owes an answer and says nothing. */
export class SilentDatabaseError extends Error {
  override readonly name = "SilentDatabaseError";

  constructor() {
    super("The database did not answer in time, so its connection was given up.");
  }
}

/** A pooler between us and the database withheld the session's zone, and the database's own is another. */
export class SessionZoneError extends Error {
  override readonly name = "SessionZoneError";

  constructor(zone: string) {
    super(
      `The database's session is in the time zone ${zone}, although UTC was asked for, so times would be kept wrong: a pooler ` +
        `before the database drops the startup parameter TimeZone. Let it pass that on, or give the role UTC: ALTER ROLE … SET timezone TO 'UTC'.`,
    );
  }
}

export type PoolSettings = pg.PoolConfig & UtcClientSettings;

/** Of every pool: nobody waits for ever for a database that hangs. A person gets an answer, and tries again. */
export const poolSettings = {
  connectionTimeoutMillis: 10_000,
  answerTimeoutMillis: 30_000,
  /** Each new connection asks what time it is, so nobody's idea of it is older. */
  maxLifetimeSeconds: 300,
  Client: UtcClient as typeof pg.Client,
} satisfies PoolSettings;

/** Prisma's way to PostgreSQL: a pool of sessions in UTC. */
export function prismaAdapter(settings: PoolSettings): PrismaPg {
  return new PrismaPg({ ...poolSettings, ...settings });
}

/** The zone of a session that asks for none: the one in which earlier versions wrote, which did not ask for UTC. */
export async function defaultZone(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ TimeZone: string }>("SHOW TimeZone");
    return rows[0]?.TimeZone ?? "UTC";
  } finally {
    await client.end();
  }
}
