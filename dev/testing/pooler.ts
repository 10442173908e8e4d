import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TestPooler {
  /** Of the same database, through the pooler. */
  url: string;
  close(): Promise<void>;
}

/** A pooler that keeps to itself which zone a client asks for, as one does that is told to ignore the parameter. */
export async function poolerWithoutZones(databaseUrl: string): Promise<TestPooler> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
    client.once("data", (startup) => {
      database.write(withoutZone(startup));
      client.pipe(database);
    });
    database.pipe(client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, "close");
    },
  };
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE */
function withoutZone(startup: Buffer): Buffer {
  const words = startup.subarray(8).toString().split("\0");
  const at = words.indexOf("TimeZone");
  if (at >= 0) words.splice(at, 2);
  const body = Buffer.from(words.join("\0"));
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(body.length + 8);
  return Buffer.concat([head, body]);
}
