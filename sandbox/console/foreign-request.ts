import type { HttpRequest } from "../protocol/http";
import { isLoopback } from "../protocol/loopback";

/**
 * Whether a request comes by a name that is not this machine's (as after DNS rebinding) or from another site's page.
 * The console acts as anybody's administrator, so only its own pages may drive it.
 */
export function isForeign({ headers, url, method }: HttpRequest): boolean {
  if (!isLoopback(url.hostname)) return true;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}` && origin !== `https://${headers.host}`) return true;
  // A form of another site cannot send JSON without asking first, and nobody answers that question.
  return method === "POST" && !/^application\/json\s*(;|$)/.test(headers["content-type"] ?? "");
}
