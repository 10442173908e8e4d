import type { HttpRequest } from "../protocol/http";
import type { Service } from "../service";

/** A link that a message of AWS carried: it is followed without a signature, and its ARN says where it belongs. */
export function unsignedCall(
  { method, path, url, headers }: HttpRequest,
  services: ReadonlyMap<string, Service>,
): { service: Service; region: string | undefined } | undefined {
  const query = url.searchParams;
  if (method !== "GET" || path !== "/" || headers.authorization || query.has("X-Amz-Signature")) return undefined;
  const action = query.get("Action") ?? "";
  for (const service of services.values()) {
    const parameter = Object.hasOwn(service.unsigned ?? {}, action) ? service.unsigned?.[action] : undefined;
    if (parameter) return { service, region: query.get(parameter)?.split(":")[3] };
  }
  return undefined;
}
