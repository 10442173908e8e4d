import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ConnectionWatch } from "@/lib/crossaccount";

/** The channel of the trigger on the connections' table. */
const CHANNEL = "connection_changed";
const HEARTBEAT_MILLISECONDS = 300;
/** How long a heartbeat that was answered vouches for what comes after it was sent. */
const LEASE_MILLISECONDS = 900;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

const payload = z.object({ customerId: z.string(), connectionId: z.string() });

/** What of a `pg` client is needed. */
export interface ListeningClient {
  connect(): Promise<unknown>;
  query(text: string, values?: string[]): Promise<unknown>;
  on(event: "notification", listener: (message: { channel: string; payload?: string }) => void): unknown;
  on(event: "error" | "end", listener: (error?: Error) => void): unknown;
  end(): Promise<void>;
}

export interface ConnectionWatchDependencies {
  /** A client of its own, not of a pool that gives each statement another connection. */
  newClient: () => ListeningClient;
  onChange: (customerId: string, connectionId: string) => void;
  onFault: (error: unknown) => void;
  /** Milliseconds that only go forward. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  jitter: () => number;
}

/**
 * Hears from PostgreSQL which connections changed, from the first time that it is asked. While a heartbeat was not answered
 * in time it says that it may be deaf, so that a change is heard or looked for within a second, whatever broke: the database,
 * the network without a word, or this process.
 */
export function createConnectionWatch(dependencies: ConnectionWatchDependencies): ConnectionWatch {
  const { newClient, onChange, onFault, now, wait, jitter } = dependencies;
  let started = false;
  let listening = 0;
  let leaseEnd = Number.NEGATIVE_INFINITY;

  async function keepListening(): Promise<never> {
    for (let failures = 0; ; failures += 1) {
      const before = listening;
      await listen().catch(onFault);
      if (listening !== before) failures = 0;
      const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** failures, LONGEST_PAUSE_MILLISECONDS);
      await wait(pause * (0.5 + jitter() / 2));
    }
  }

  /** Rejects when the connection is lost. */
  async function listen(): Promise<never> {
    const client = newClient();
    let giveUp = (_error: unknown): void => {};
    const lost = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    lost.catch(() => {});
    client.on("error", (error) => giveUp(error));
    client.on("end", () => giveUp(new Error("The database closed the connection.")));
    const orLost = <T>(work: Promise<T>) => Promise.race([work, lost]);
    try {
      await orLost(client.connect());
      await orLost(hear(client, giveUp));
      listening += 1;
      for (;;) {
        const asked = now();
        await orLost(inTime(client.query("SELECT 1")));
        leaseEnd = asked + LEASE_MILLISECONDS;
        await orLost(wait(HEARTBEAT_MILLISECONDS));
      }
    } finally {
      leaseEnd = Number.NEGATIVE_INFINITY;
      client.end().catch(onFault);
    }
  }

  /** A pooler in between may take LISTEN and deliver nothing, so a notification of our own must come through first. */
  async function hear(client: ListeningClient, giveUp: (error: unknown) => void): Promise<void> {
    const own = `${CHANNEL}_${randomUUID().replaceAll("-", "")}`;
    client.on("notification", ({ channel, payload: text }) => {
      if (channel === CHANNEL) pass(text, giveUp);
    });
    const delivered = new Promise<void>((resolve) => {
      client.on("notification", ({ channel }) => {
        if (channel === own) resolve();
      });
    });
    await client.query(`LISTEN ${CHANNEL}`);
    await client.query(`LISTEN ${own}`);
    await client.query("SELECT pg_notify($1, '')", [own]);
    await inTime(delivered);
    await client.query(`UNLISTEN ${own}`);
  }

  /** What cannot be read counts as missed. */
  function pass(text: string | undefined, giveUp: (error: unknown) => void): void {
    try {
      const { customerId, connectionId } = payload.parse(JSON.parse(text ?? ""));
      onChange(customerId, connectionId);
    } catch (error) {
      giveUp(error);
    }
  }

  async function inTime<T>(work: Promise<T>): Promise<T> {
    const late = wait(LEASE_MILLISECONDS).then((): never => {
      throw new Error("The database does not answer in time.");
    });
    return Promise.race([work, late]);
  }

  return {
    hearing() {
      if (!started) {
        started = true;
        void keepListening();
      }
      return now() < leaseEnd ? listening : null;
    },
  };
}
