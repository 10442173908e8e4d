import { CrossAccountError } from "../errors";

/** What reaches no other machine. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The portal's address, from which those of the API are made.
 * @throws CrossAccountError `config-invalid`
 */
export function portalAddress(url: unknown, allowHttp: boolean): string {
  if (typeof url !== "string" || !URL.canParse(url)) throw invalid("url must be the portal's address: https://…");
  const { protocol, hostname, username, password, search, hash, origin, pathname } = new URL(url);
  if (username || password || search || hash) {
    throw invalid("url must be the portal's address alone, without a name, a password, a query or a fragment.");
  }
  if (protocol !== "https:" && !(protocol === "http:" && (allowHttp || loopback.test(hostname)))) {
    throw invalid(
      "url must begin with https://, or the API key could be read on the way. For http within a network that you trust, set allowHttp.",
    );
  }
  return origin + pathname.replace(/\/+$/, "");
}

/**
 * An address of the API. Each part is one part of the path, whatever is in it.
 * @throws CrossAccountError `input-invalid`
 */
export function apiAddress(
  portal: string,
  path: readonly string[],
  query: Readonly<Record<string, unknown>> = {},
): string {
  const address = new URL(`${portal}/api/v1/${path.map(pathPart).join("/")}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, String(value));
  return address.href;
}

/** Dots would lead to another route, and half a character to none. */
function pathPart(part: unknown): string {
  if (typeof part === "string" && !/^\.{0,2}$|\p{Cs}/u.test(part)) return encodeURIComponent(part);
  throw new CrossAccountError("input-invalid", "An ID in a call of the portal must be text that is not empty.");
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("config-invalid", `createPortalClient: ${message}`);
}
