import type { HttpRequest } from "../protocol/http";
import type { Service } from "../service";

/** What a request without a signature asks for, where a service takes one. */
export interface UnsignedCall {
  service: Service;
  region: string | undefined;
}

export function unsignedCall(request: HttpRequest, services: ReadonlyMap<string, Service>): UnsignedCall | undefined {
  const { path, url, headers } = request;
  if (path !== "/" || headers.authorization || url.searchParams.has("X-Amz-Signature")) return undefined;
  return request.method === "GET" ? followedLink(request, services) : provenByItself(request, services);
}

/** A link that a message of AWS carried: its ARN says where it belongs. */
function followedLink({ url }: HttpRequest, services: ReadonlyMap<string, Service>): UnsignedCall | undefined {
  const query = url.searchParams;
  const action = query.get("Action") ?? "";
  for (const service of services.values()) {
    const parameter = Object.hasOwn(service.links ?? {}, action) ? service.links?.[action] : undefined;
    if (parameter) return { service, region: query.get(parameter)?.split(":")[3] };
  }
  return undefined;
}

/** The operation's name alone says which service it is for. */
function provenByItself(
  { headers, body }: HttpRequest,
  services: ReadonlyMap<string, Service>,
): UnsignedCall | undefined {
  if (!headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return undefined;
  const action = new URLSearchParams(body.toString()).get("Action") ?? "";
  const service = [...services.values()].find(({ unsigned = [] }) => unsigned.includes(action));
  return service && { service, region: undefined };
}
