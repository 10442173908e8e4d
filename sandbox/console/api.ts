import { isObject } from "../cloudformation/template/json";
import type { HttpRequest, HttpResponse } from "../protocol/http";
import { isRegion } from "../regions/partition";
import { AwsError, type RequestContext } from "../service";
import { routes } from "./api-routes";
import type { ConsoleTools } from "./tools";

/** The JSON that the console's pages read and send, as the administrator of the account that they name. */
export async function answerApi(request: HttpRequest, tools: ConsoleTools): Promise<HttpResponse> {
  try {
    const name = `${request.method} ${request.path.slice("/console/api/".length)}`;
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (!route) return json(404, { code: "NotFound", message: "The sandbox console has no such address." });
    const input = readInput(request);
    return json(200, await route(input, contextOf(input, tools)));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return json(error.status, { code: error.code, message: error.message });
  }
}

function readInput(request: HttpRequest): Record<string, unknown> {
  if (request.method !== "POST") return Object.fromEntries(request.url.searchParams);
  const body = parsed(request.body.toString());
  if (isObject(body)) return body;
  throw new AwsError("ValidationError", "The body must be a JSON object.");
}

/** Undefined for text that is no JSON, which is refused like any other body that is no object. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function contextOf({ account, region }: Record<string, unknown>, tools: ConsoleTools): RequestContext {
  if (typeof account !== "string" || !/^\d{12}$/.test(account)) {
    throw new AwsError("ValidationError", "An AWS account ID has 12 digits.");
  }
  if (typeof region !== "string" || !isRegion(region)) {
    throw new AwsError("ValidationError", `There is no Region ${String(region)}.`);
  }
  return tools.administratorContext(account, region);
}

function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}
