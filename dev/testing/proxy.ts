import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TestProxy {
  /** Of the same database, through the proxy. */
  url: string;
  /** What is connected from now on hears nothing any more, and neither do those that come; nobody is told. */
  hush(): void;
  /** Serves those that connect from now on; the hushed ones stay so, as after a failover. */
  recover(): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Changes the first bytes that a client sends. */
  opening?: (bytes: Buffer) => Buffer;
}

/** Stands between us and PostgreSQL, as a network that fails or a pooler does. */
export async function startProxy(
  databaseUrl: string,
  { opening = (bytes) => bytes }: ProxyOptions = {},
): Promise<TestProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  let silent = false;
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((client) => {
    client.on("error", () => client.destroy());
    open.add(client);
    if (silent) return;
    const database = connect(Number(port), hostname);
    open.add(database);
    const pair: [Socket, Socket] = [client, database];
    pairs.add(pair);
    database.on("error", () => client.destroy());
    database.on("close", () => pairs.has(pair) && client.destroy());
    client.on("close", () => database.destroy());
    client.once("data", (bytes) => {
      database.write(opening(bytes));
      client.pipe(database);
    });
    database.pipe(client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    hush() {
      silent = true;
      for (const [client, database] of pairs) {
        client.unpipe(database);
        database.unpipe(client);
        client.resume();
        database.destroy();
      }
      pairs.clear();
    },
    recover() {
      silent = false;
    },
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, "close");
    },
  };
}
