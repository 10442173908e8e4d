import type { RequestContext } from "../service";
import { S3Error } from "./error";
import type { S3Request } from "./request";

export const OVERRIDES = [
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
  "response-content-language",
  "response-content-type",
  "response-expires",
];

/** Headers that a signed reader may choose in the query. */
export function responseOverrides({ query }: S3Request, { principal }: RequestContext): Record<string, string> {
  const chosen = OVERRIDES.filter((name) => query.has(name));
  if (chosen.length > 0 && principal.kind === "anonymous") {
    throw new S3Error(
      "InvalidRequest",
      "Request specific response headers cannot be used for anonymous GET requests.",
      400,
    );
  }
  return Object.fromEntries(chosen.map((name) => [name.slice("response-".length), query.get(name) ?? ""]));
}
