import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { handleConsole } from "./console";
import { administratorContext, type Sandbox } from "./context";
import { handleControl } from "./control";
import { dispatch } from "./dispatch";
import { type HttpRequest, type HttpResponse, readRequest, writeResponse } from "./http";
import { services } from "./registry";
import { RequestLog } from "./request-log";
import { Store } from "./store";

export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** File that keeps the state over a restart. */
  file?: string;
  /** Milliseconds until a change of a role or policy counts for authorisation. */
  propagationMs?: number;
  now?: () => Date;
}

export interface RunningSandbox {
  url: string;
  port: number;
  store: Store;
  /** Forgets all state and all logged requests. */
  reset(): void;
  close(): Promise<void>;
}

export async function createSandbox({
  port = 0,
  host = "127.0.0.1",
  file,
  propagationMs = 0,
  now = () => new Date(),
}: SandboxOptions = {}): Promise<RunningSandbox> {
  const store = new Store(file);
  const log = new RequestLog();
  const sandbox: Sandbox = { store, services, url: "", propagationMs, now };
  const reset = () => {
    store.reset();
    log.clear();
  };
  const server = createServer((message, response) => {
    void respond(message, response, (request, sourceIp) => route(request, sourceIp, { sandbox, log, reset }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  sandbox.url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`;
  return {
    url: sandbox.url,
    port: address.port,
    store,
    reset,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      store.flush();
    },
  };
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: HttpRequest, sourceIp: string) => Promise<HttpResponse>,
): Promise<void> {
  try {
    const request = await readRequest(message);
    writeResponse(response, await answer(request, message.socket.remoteAddress ?? ""), request.method);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    writeResponse(response, { status: 500, headers: { "content-type": "text/plain" }, body: text });
  }
}

async function route(
  request: HttpRequest,
  sourceIp: string,
  { sandbox, log, reset }: { sandbox: Sandbox; log: RequestLog; reset: () => void },
): Promise<HttpResponse> {
  if (request.path.startsWith("/_sandbox/")) return handleControl(request, { log, reset });
  const response = /^\/console(\/|$)/.test(request.path)
    ? await handleConsole(request, {
        administratorContext: (accountId, region) => administratorContext(sandbox, accountId, region),
        store: sandbox.store,
        now: sandbox.now,
      })
    : await dispatch(request, sourceIp, { sandbox, log });
  sandbox.store.changed();
  return response;
}
