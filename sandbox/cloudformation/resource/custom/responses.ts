import { uriEncode } from "../../../protocol/canonical-request";
import type { HttpRequest, HttpResponse } from "../../../protocol/http";
import { presign } from "../../../protocol/presign";
import { AwsError, type RequestContext } from "../../../service";
import type { Store } from "../../../store";

const BUCKET = "cloudformation-custom-resource-response-";
const URL_SECONDS = 2 * 60 * 60;

interface Waiting {
  signature: string | null;
  settle(body: string): void;
}

const waiting = new WeakMap<Store, Map<string, Waiting>>();

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
  const address = presign({
    method: "PUT",
    url: new URL(path, url),
    accessKeyId: `AKIASANDBOX${accountId}`,
    secret: "sandbox",
    region,
    now: now(),
    expires: URL_SECONDS,
  });
  const sent = new Promise<string>((settle) => {
    waitingIn(store).set(decodeURIComponent(path), { signature: signatureOf(new URL(address)), settle });
  });
  return {
    url: address,
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

/** Takes a response that is put to exactly such an address. Like S3, it says nothing about what comes. */
export function takeResponse({ method, path, url, body }: HttpRequest, store: Store): HttpResponse | undefined {
  if (method !== "PUT" || !path.startsWith(`/${BUCKET}`) || !url.searchParams.has("X-Amz-Signature")) return undefined;
  const expected = waitingIn(store).get(decodeURIComponent(path));
  if (expected && expected.signature !== signatureOf(url)) throw new AwsError("AccessDenied", "Access Denied", 403);
  expected?.settle(body.toString());
  return { status: 200, headers: {}, body: "" };
}

function signatureOf({ searchParams }: URL): string | null {
  return searchParams.get("X-Amz-Signature");
}

function waitingIn(store: Store): Map<string, Waiting> {
  const found = waiting.get(store) ?? new Map<string, Waiting>();
  waiting.set(store, found);
  return found;
}
