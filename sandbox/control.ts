import type { HttpRequest, HttpResponse } from "./http";
import type { RequestLog } from "./request-log";

/** `/_sandbox/...`: what tests need that AWS has no call for. */
export function handleControl(
  { method, path, headers }: HttpRequest,
  { log, reset }: { log: RequestLog; reset: () => void },
): HttpResponse {
  if (headers.origin !== undefined) return json(403, { message: "Web pages may not control the sandbox" });
  if (method === "POST" && path === "/_sandbox/reset") {
    reset();
    return { status: 204, headers: {}, body: "" };
  }
  if (method === "GET" && path === "/_sandbox/requests") return json(200, { requests: log.recent() });
  if (method === "GET" && path === "/_sandbox/health") return json(200, { status: "running" });
  return json(404, { message: `The sandbox has no ${method} ${path}` });
}

function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
