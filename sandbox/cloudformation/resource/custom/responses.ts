import { uriEncode } from "../../../protocol/canonical-request";
import type { HttpRequest, HttpResponse } from "../../../protocol/http";
import { presign } from "../../../protocol/presign";
import type { RequestContext } from "../../../service";
import type { Store } from "../../../store";

const BUCKET = "cloudformation-custom-resource-response-";
const URL_SECONDS = 2 * 60 * 60;

const waiting = new WeakMap<Store, Map<string, (body: string) => void>>();

export interface ExpectedResponse {
  /** Address that a provider puts its response to. */
  url: string;
  /** The response's text; undefined when the time is over. Never settles when the sandbox has forgotten the stack. */
  within(seconds: number): Promise<string | undefined>;
}

/** Makes an address for the response to one request. `key` is what AWS names the object: stack, resource and request. */
export function expectResponse(key: string, context: RequestContext): ExpectedResponse {
  const { url, region, accountId, store, now } = context;
  const path = `/${BUCKET}${region.replaceAll("-", "")}/${key.split("/").map(uriEncode).join("/")}`;
  const sent = new Promise<string>((resolve) => {
    waitingIn(store).set(decodeURIComponent(path), resolve);
  });
  return {
    url: presign({
      method: "PUT",
      url: new URL(path, url),
      accessKeyId: `AKIASANDBOX${accountId}`,
      secret: "sandbox",
      region,
      now: now(),
      expires: URL_SECONDS,
    }),
    within: async (seconds) => {
      const { lifetime } = store;
      const settled = new AbortController();
      const over = context.wait(seconds * 1000, AbortSignal.any([lifetime, settled.signal])).then(() => undefined);
      const body = await Promise.race([sent, over]);
      settled.abort();
      waitingIn(store).delete(decodeURIComponent(path));
      return lifetime.aborted ? await new Promise<never>(() => {}) : body;
    },
  };
}

/** Takes a response that is put to such an address. Like S3, it keeps whatever comes and says nothing about it. */
export function takeResponse({ method, path, url, body }: HttpRequest, store: Store): HttpResponse | undefined {
  if (method !== "PUT" || !path.startsWith(`/${BUCKET}`) || !url.searchParams.has("X-Amz-Signature")) return undefined;
  waitingIn(store).get(decodeURIComponent(path))?.(body.toString());
  return { status: 200, headers: {}, body: "" };
}

function waitingIn(store: Store): Map<string, (body: string) => void> {
  const found = waiting.get(store) ?? new Map<string, (body: string) => void>();
  waiting.set(store, found);
  return found;
}
