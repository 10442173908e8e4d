import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { provenConnection } from "@/dev/testing/audits";
import { config } from "@/lib/config";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db, newListeningClient } from "@/lib/db";
import { env } from "@/lib/env";
import type { ConnectionStatus } from "@/lib/generated/prisma/enums";
import { crossAccount } from "./client";
import { createConnectionWatch, type ListeningClient } from "./connection-watch";
import { digester, encryptor } from "./encryption";
import { createStorage } from "./storage";

const passing = {
  onFault: () => {},
  now: () => performance.now(),
  wait: (ms: number) => delay(ms, undefined, { ref: false }),
  jitter: () => 0,
};

function become(id: string, status: ConnectionStatus) {
  return db.connection.update({ where: { id }, data: { status } });
}

describe("a connection that becomes insecure", () => {
  test("is refused by another process, which the database tells", async () => {
    const { connection } = await provenConnection();
    const worker = fork("dev/testing/use-connection.ts", [connection.customerId, connection.id], {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
    });
    try {
      expect(await messageOf(worker)).toEqual({ event: "working" });
      const refused = messageOf(worker);
      await become(connection.id, "insecure");
      expect(await refused).toEqual({ event: "refused", code: "connection-unusable" });
    } finally {
      worker.kill();
    }
  });

  test.each(["insecure", "paused", "disconnected"] as const)("is refused by this process when %s", async (status) => {
    const { connection } = await provenConnection();
    const provider = crossAccount.assumeCustomerRole(connection.customerId, { purpose: "report" });
    await provider();
    await become(connection.id, status);
    await eventually(() => expect(provider()).rejects.toMatchObject({ code: "connection-unusable" }));
  });
});

describe("a kept session", () => {
  test("is used without a query, until the database tells that the connection changed", async () => {
    const { connection } = await provenConnection();
    const { customerId, id: connectionId } = connection;
    const stored = createStorage({ database: db, encryptor, digester });
    let reads = 0;
    const client = createCrossAccountClient(config, {
      encryptor,
      storage: {
        ...stored,
        get: (customer, id) => {
          reads += 1;
          return stored.get(customer, id);
        },
      },
      aws: { endpoint: env.AWS_ENDPOINT_URL },
      watch: createConnectionWatch({
        ...passing,
        newClient: newListeningClient,
        onChange: (customer, id) => client.invalidate(customer, id),
      }),
    });
    const provider = client.assumeCustomerRole(customerId, { connectionId, purpose: "report" });
    await eventually(async () => {
      const before = reads;
      await provider();
      expect(reads).toBe(before);
    });
    await become(connectionId, "insecure");
    await eventually(() => expect(provider()).rejects.toMatchObject({ code: "connection-unusable" }));
  });
});

describe("the watch", () => {
  test("is deaf at first, hears what a transaction commits, and says so when its connection was broken", async () => {
    const { connection } = await provenConnection();
    const heard: string[] = [];
    let pid = 0;
    const newClient = () => {
      const client = newListeningClient();
      client.once("connect", () => {
        pid = (client as unknown as { processID: number }).processID;
      });
      return client;
    };
    const watch = createConnectionWatch({ ...passing, newClient, onChange: (_, id) => heard.push(id) });
    expect(watch.hearing()).toBeNull();
    await eventually(() => expect(watch.hearing()).toBe(1));

    await become(connection.id, "paused");
    await eventually(() => expect(heard).toEqual([connection.id]));
    await db.connection.update({ where: { id: connection.id }, data: { name: "Renamed" } });

    await db.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`;
    await eventually(() => expect(watch.hearing()).toBe(2));
    await become(connection.id, "active");
    await eventually(() => expect(heard).toEqual([connection.id, connection.id]));
  });

  test("does not believe a connection that answers nothing any more", async () => {
    let now = 0;
    let answering = true;
    const client = silentClient(() => answering);
    const watch = createConnectionWatch({
      newClient: () => client,
      onChange: () => {},
      onFault: () => {},
      now: () => now,
      wait: async (milliseconds) => {
        if (milliseconds > 500) return new Promise(() => {});
        answering = false;
      },
      jitter: () => 0,
    });
    watch.hearing();
    await eventually(() => expect(watch.hearing()).toBe(1));
    now = 899;
    expect(watch.hearing()).toBe(1);
    // So that nobody uses a session for longer than a second after a change that could not be heard of.
    now = 900;
    expect(watch.hearing()).toBeNull();
  });
});

async function messageOf(worker: ChildProcess): Promise<unknown> {
  const ended = once(worker, "exit").then(([code]) => {
    throw new Error(`the worker ended with ${code}`);
  });
  const [message] = await Promise.race([once(worker, "message"), ended]);
  return message;
}

/** Takes LISTEN, delivers the first notification, and answers while it is told to. */
function silentClient(answers: () => boolean): ListeningClient {
  const listeners: ((message: { channel: string; payload?: string }) => void)[] = [];
  return {
    connect: async () => {},
    query: async (text, values = []) => {
      if (!answers()) return new Promise(() => {});
      const [channel] = values;
      if (text.includes("pg_notify") && channel) for (const listener of listeners) listener({ channel });
    },
    on: ((event: string, listener: (message: { channel: string; payload?: string }) => void) => {
      if (event === "notification") listeners.push(listener);
    }) as ListeningClient["on"],
    end: async () => {},
  };
}
