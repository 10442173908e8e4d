import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { endInterrupted } from "./cloudformation/interrupted";
import { handleConsole } from "./console";
import { launchRequest, launchStack } from "./console/launch-stack";
import { handleControl } from "./control";
import type { Controls } from "./control/controls";
import { createPublicBucket } from "./control/public-bucket";
import { administratorContext, type Sandbox } from "./dispatch/context";
import { dispatch } from "./dispatch/dispatch";
import { RequestLog } from "./dispatch/request-log";
import type { Wait } from "./faults/apply";
import { Faults } from "./faults/faults";
import { setOrganization } from "./organization/settings";
import { type Connection, type HttpRequest, type HttpResponse, readRequest, writeResponse } from "./protocol/http";
import { setRegions } from "./regions/settings";
import { services } from "./registry";
import { signingCertificate } from "./sns";
import { Store } from "./store";
import { issueToken } from "./web-identity/token";

export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Path of a file that keeps the state over a restart; in memory unless given. */
  state?: string;
  /** Milliseconds until a change of a role or policy counts for authorisation. */
  propagationMs?: number;
  now?: () => Date;
  /** How latency passes; a test can let none pass. */
  wait?: Wait;
}

/** What those who start a sandbox may do with it. */
export interface AwsSandbox extends Controls {
  /** For `endpoint` of an AWS SDK, or `AWS_ENDPOINT_URL`. */
  url: string;
  port: number;
  /** Stops it; a state file has all of it then. */
  close(): Promise<void>;
}

export interface RunningSandbox extends AwsSandbox {
  store: Store;
}

export async function createSandbox({
  port = 0,
  host = "127.0.0.1",
  state,
  propagationMs = 0,
  now = () => new Date(),
  wait = waitAwhile,
}: SandboxOptions = {}): Promise<RunningSandbox> {
  const store = new Store(state);
  endInterrupted(store);
  const log = new RequestLog();
  const faults = new Faults(now);
  const sandbox: Sandbox = { store, services, url: "", propagationMs, faults, wait, now };
  const contextFor = (accountId: string, region: string) => administratorContext(sandbox, accountId, region);
  const controls: Controls = {
    faults,
    setOrganization: (settings) => setOrganization(settings, { store, clock: sandbox }),
    setRegions: (settings) => setRegions(settings, store),
    setPropagation: (ms) => {
      sandbox.propagationMs = ms;
    },
    createPublicBucket: async (request) => {
      await createPublicBucket(request, contextFor);
      store.changed();
    },
    launchStack: async (request) => {
      const launched = await launchStack(launchRequest.parse(request), contextFor);
      store.changed();
      return launched;
    },
    issueWebIdentityToken: (request) => issueToken(request, { store, now: now() }),
    reset: () => {
      sandbox.propagationMs = propagationMs;
      store.reset();
      log.clear();
      faults.set([]);
    },
  };
  const server = createServer((message, response) => {
    void respond(message, response, (request, connection) => route(request, connection, { sandbox, log, controls }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  sandbox.url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`;
  return {
    ...controls,
    url: sandbox.url,
    port: address.port,
    store,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      store.close();
    },
  };
}

async function waitAwhile(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}

type Answer = HttpResponse | "dropped";

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: HttpRequest, connection: Connection) => Promise<Answer>,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const request = await readRequest(message);
    const connection = { sourceIp: message.socket.remoteAddress ?? "", signal: gone.signal };
    const answered = await answer(request, connection);
    if (answered === "dropped") message.socket.destroy();
    else writeResponse(response, answered, request.method);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    writeResponse(response, { status: 500, headers: { "content-type": "text/plain" }, body: text });
  }
}

async function route(
  request: HttpRequest,
  connection: Connection,
  { sandbox, log, controls }: { sandbox: Sandbox; log: RequestLog; controls: Controls },
): Promise<Answer> {
  const response = await answerTo(request, connection, { sandbox, log, controls });
  sandbox.store.changed();
  return response;
}

async function answerTo(
  request: HttpRequest,
  connection: Connection,
  { sandbox, log, controls }: { sandbox: Sandbox; log: RequestLog; controls: Controls },
): Promise<Answer> {
  if (request.path.startsWith("/_sandbox/")) return await handleControl(request, connection, { controls, log });
  const certificate = signingCertificate(request, sandbox.store);
  if (certificate) return certificate;
  if (!/^\/console(\/|$)/.test(request.path)) return await dispatch(request, connection, { sandbox, log });
  return await handleConsole(request, {
    administratorContext: (accountId, region) => administratorContext(sandbox, accountId, region),
  });
}
