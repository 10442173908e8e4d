import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Stands for what is no text, as in a browser: U+FFFD. */
const noText = "%EF%BF%BD";

/**
 * Next answers an address that is no UTF-8 text with an error of its own, before any header is set. Such a part of it becomes one
 * that names nothing, so the page for what does not exist answers.
 */
export function keepAddressesReadable(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.url = readableAddress(request.url ?? "/");
  });
}

export function readableAddress(address: string): string {
  const [path = "", ...query] = address.split("?");
  if (isText(path)) return address;
  const readable = path.split("/").map((part) => (isText(part) ? part : noText));
  return [readable.join("/"), ...query].join("?");
}

function isText(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
