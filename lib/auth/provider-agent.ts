import "server-only";
import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import type { proxyEnvironment } from "@/lib/env";

/** The longest, the keys of a provider, have some kilobytes; a person may be in thousands of groups. */
const LONGEST_ANSWER_BYTES = 2 * 1024 * 1024;

interface Options {
  issuer: string;
  /** Leads to an https issuer by way of a proxy. */
  proxyEnv: ReturnType<typeof proxyEnvironment>;
  /** Milliseconds from the connection to the end of the answer. */
  answerMs: number;
  onTooLong: () => void;
}

/** Connections to the provider, one for each request, as `openid-client` keeps whatever comes: one that does not end is cut off. */
export function providerAgent({ issuer, proxyEnv, answerMs, onTooLong }: Options): HttpAgent {
  // The types demand all that Next finds in an environment.
  const options = { proxyEnv: proxyEnv as AgentOptions["proxyEnv"] };
  const agent = issuer.startsWith("https:") ? new HttpsAgent(options) : new HttpAgent();
  const connect = agent.createConnection.bind(agent);

  function limit(socket: Duplex): void {
    let bytes = 0;
    const timer = setTimeout(() => socket.destroy(), answerMs).unref();
    socket.once("close", () => clearTimeout(timer));
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= LONGEST_ANSWER_BYTES || socket.destroyed) return;
      // Without an error: once the answer has begun, nobody would hear it.
      socket.destroy();
      onTooLong();
    });
  }

  // A socket is returned, or handed over once the proxy has let it through; one that was returned may be told of again, as connected.
  agent.createConnection = (options, handOver) => {
    const socket = connect(options, (error, tunnel?: Duplex) => {
      if (tunnel) limit(tunnel);
      if (error || tunnel) handOver?.(error, tunnel as Duplex);
    });
    if (socket) limit(socket);
    return socket;
  };
  return agent;
}
