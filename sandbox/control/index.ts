import { z } from "zod";
import type { Connection, HttpRequest, HttpResponse } from "../protocol/http";
import { isLoopback } from "../protocol/loopback";
import { AwsError } from "../service";
import { type ControlTools, routes } from "./routes";

/** `/_sandbox/...`: what tests need that AWS has no call for. Only programs of this machine may ask, and no web page. */
export async function handleControl(
  { method, path, headers, url, body }: HttpRequest,
  { sourceIp }: Pick<Connection, "sourceIp">,
  tools: ControlTools,
): Promise<HttpResponse> {
  if (headers.origin !== undefined) return json(403, { message: "Web pages may not control the sandbox" });
  if (!isLoopback(url.hostname) || !/^(::ffff:)?127\.|^::1$/.test(sourceIp)) {
    return json(403, { message: "Only this machine may control the sandbox" });
  }
  const name = `${method} ${path}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) return json(404, { message: `The sandbox has no ${name}` });
  try {
    const answer = await route(method === "GET" ? undefined : parseBody(body), tools);
    return answer === undefined ? { status: 204, headers: {}, body: "" } : json(200, answer);
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
    if (error instanceof AwsError) return json(400, { message: error.message });
    throw error;
  }
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new AwsError("SerializationException", "The body must be JSON.");
  }
}

function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
