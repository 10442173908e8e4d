import { createHash } from "node:crypto";
import { required } from "../fixtures/portal";
import type { BuiltAddress } from "./built";
import type { Answer, Caller } from "./callers";

export interface OpenedAddress {
  /** The method, or what else was special about it. */
  way: string;
  /** What the caller got; a status of its own where it is none of the usual ones. */
  verdict: Answer | `status ${number}`;
  body: string;
}

export async function openAddress(
  path: string,
  caller: Pick<Caller, "cookie" | "authorization">,
  method = "GET",
  headers: Record<string, string> = {},
): Promise<OpenedAddress> {
  const response = await fetch(required("E2E_BASE_URL") + path, {
    method,
    redirect: "manual",
    headers: { ...headers, ...headersOf(caller) },
  });
  const body = await response.text();
  return { way: method, verdict: verdictOf(response, body), body };
}

/** By which a caller says who it is. */
export function headersOf({ cookie, authorization }: Pick<Caller, "cookie" | "authorization">): Record<string, string> {
  return { ...(cookie && { cookie }), ...(authorization && { authorization }) };
}

/** A page that was begun before its guard answered has its refusal in the body, as the browser's React reads it. */
function verdictOf({ status, headers }: Response, body: string): OpenedAddress["verdict"] {
  if (status === 401 || leadsToSignIn(headers.get("location") ?? "")) return "not-signed-in";
  if (/NEXT_REDIRECT;[a-z]+;\/sign-in[?;]/.test(body)) return "not-signed-in";
  if (status === 404 || body.includes("NEXT_HTTP_ERROR_FALLBACK;404")) return "not-found";
  if (status === 403 || body.includes("NEXT_HTTP_ERROR_FALLBACK;403")) return "not-allowed";
  return status < 400 ? "allowed" : `status ${status}`;
}

function leadsToSignIn(location: string): boolean {
  return new URL(location, required("E2E_BASE_URL")).pathname === "/sign-in";
}

/**
 * Asks for a page's own part alone, as a browser does that has the layouts around it already, or claims to. It says what it has by
 * a tree in a header, and the address carries a digest of the headers.
 */
export async function openWithoutLayouts(
  { segments }: BuiltAddress,
  path: string,
  parameters: Record<string, string>,
  caller: Pick<Caller, "cookie" | "authorization">,
): Promise<OpenedAddress> {
  let tree: unknown[] = ["__PAGE__", {}, null, "refetch"];
  for (const segment of ["", ...segments].reverse()) {
    const [, name] = /^\[(.*)\]$/.exec(segment) ?? [];
    tree = [name ? [name, parameters[name] ?? "", "d", null] : segment, { children: tree }];
  }
  const stateTree = encodeURIComponent(JSON.stringify(tree));
  const digest = createHash("sha256").update(["0", "0", stateTree, "0"].join(",")).digest().subarray(0, 12);
  const address = `${path}${path.includes("?") ? "&" : "?"}_rsc=${digest.toString("base64url")}`;
  const opened = await openAddress(address, caller, "GET", { rsc: "1", "next-router-state-tree": stateTree });
  if (opened.body.includes('["$","html"')) throw new Error(`Next sent ${path} with its layouts all the same`);
  return { ...opened, way: "without layouts" };
}
