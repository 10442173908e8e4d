import { once } from "node:events";
import { request as forward, createServer as httpServer } from "node:http";
import { createServer as httpsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { makeCertificate } from "./certificates";

export interface Egress {
  /** Of the proxy. */
  url: string;
  /** PEM; to be trusted for the hosts behind it. */
  ca: string;
  /** Hosts that were asked for, as `host:port`. */
  asked: string[];
  /** The proxy lets nobody through any more. */
  shut(): void;
  close(): Promise<void>;
}

/**
 * The only way out of a network: a proxy that knows `CONNECT`. Behind it, each host name leads to a server of this machine that speaks
 * HTTP, by TLS as the true one does; none of the names is looked up.
 */
export async function startEgress(hosts: Readonly<Record<string, string>>): Promise<Egress> {
  const { ca, certificate, key } = await makeCertificate(...Object.keys(hosts));
  const asked: string[] = [];
  const open = new Set<Duplex>();
  let shut = false;
  const front = httpsServer({ key, cert: certificate }, (request, response) => {
    const behind = hosts[request.headers.host ?? ""];
    if (!behind) return void response.writeHead(502).end();
    const { hostname, port } = new URL(behind);
    const { method, url, headers } = request;
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  const proxy = httpServer();
  proxy.on("connect", ({ url = "" }, socket) => {
    asked.push(url);
    open.add(socket);
    if (shut) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const tunnel = connect(portOf(front), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy()).on("close", () => tunnel.destroy());
  });
  await Promise.all([front, proxy].map((server) => once(server.listen(0, "127.0.0.1"), "listening")));
  return {
    url: `http://127.0.0.1:${portOf(proxy)}`,
    ca,
    asked,
    shut() {
      shut = true;
    },
    async close() {
      for (const socket of open) socket.destroy();
      front.closeAllConnections();
      await Promise.all([front, proxy].map((server) => new Promise((closed) => server.close(closed))));
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
