import "server-only";
import type { NextRequest } from "next/server";
import { type Env, env, proxyEnvironment } from "@/lib/env";
import { log as portalLog } from "@/lib/log";
import { type Attempt, currentAttempt, faultOf } from "./attempt";
import { callNextAuth } from "./call-next-auth";
import { authOptions, type SignInLog } from "./options";
import { providerAgent } from "./provider-agent";
import { sessionCookie } from "./session-cookie";
import { SignInFault, withinTime } from "./sign-in-fault";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

type AuthHandler = (request: NextRequest, context: RouteContext) => Promise<Response>;

/** What of next-auth is served. The rest would let anyone write into the log, or shows pages that are not ours. */
const served = new Set([
  ...["csrf", "providers", "session", "signin", "signout", "callback", "error"].map((verb) => `GET ${verb}`),
  ...["signin", "signout"].map((verb) => `POST ${verb}`),
]);

const formType = "application/x-www-form-urlencoded";
const longestForm = 16_384;

/** next-auth's routes. A sign-in that is being finished always starts a new session in place of the browser's old one. */
export function authHandler({ settings, log }: { settings: Env; log: SignInLog }): AuthHandler {
  const agent = providerAgent({
    issuer: settings.OIDC_ISSUER,
    proxyEnv: proxyEnvironment(settings),
    // Nobody waits any more by then.
    answerMs: 6 * settings.OIDC_TIMEOUT_MS,
    onTooLong: () =>
      log.warn(
        { issuer: settings.OIDC_ISSUER },
        "an answer of the identity provider was longer than 2 MiB and was cut off",
      ),
  });
  return async (request, context) => {
    const path = (await context.params).nextauth;
    const [verb = ""] = path;
    if (!served.has(`${request.method} ${verb}`)) return new Response(null, { status: 404 });
    const form = request.method === "POST" ? await boundedForm(request) : {};
    if (form instanceof Response) return form;
    const attempt: Attempt = {};
    const current = request.cookies.get(sessionCookie(settings.BASE_URL).name)?.value;
    const options = authOptions({ settings, log, attempt, agent, ...(verb === "callback" && { replaces: current }) });
    // Discovery, the exchange, the keys and userinfo: each has a limit of its own, unless the provider begins to answer and never ends.
    const response = await withinTime(
      5 * settings.OIDC_TIMEOUT_MS,
      currentAttempt.run(attempt, () => callNextAuth(request, { path, form, options })),
    ).catch((error: unknown) => {
      if (error instanceof SignInFault) attempt.fault = error;
      else throw error;
    });
    if (response && !(await failed(response, { verb, settings }))) return response;
    const fault = faultOf(attempt, {
      answer: request.nextUrl.searchParams.get("error"),
      begun: verb === "signin" || request.cookies.getAll().some(({ name }) => name.endsWith("next-auth.state")),
    });
    log.warn({ code: fault.code, err: fault }, "sign-in failed");
    const url = `${settings.BASE_URL}/sign-in?error=${fault.code}`;
    // The sign-in button asks for the address as JSON; a browser that comes back from the provider is redirected.
    return form.json === "true"
      ? Response.json({ url })
      : new Response(null, { status: 302, headers: { location: url } });
  };
}

export const handleAuth = authHandler({ settings: env, log: portalLog });

/** next-auth leads to its error page, under one name for almost everything. */
async function failed(response: Response, { verb, settings }: { verb: string; settings: Env }): Promise<boolean> {
  if (verb !== "signin" && verb !== "callback") return false;
  if (response.status >= 400) return true;
  const target = response.headers.get("location") ?? (await addressIn(response));
  if (target === null || !URL.canParse(target, settings.BASE_URL)) return false;
  const url = new URL(target, settings.BASE_URL);
  return url.origin === new URL(settings.BASE_URL).origin && url.pathname === "/api/auth/error";
}

async function addressIn(response: Response): Promise<string | null> {
  if (!response.headers.get("content-type")?.startsWith("application/json")) return null;
  const { url } = (await response.clone().json()) as { url?: unknown };
  return typeof url === "string" ? url : null;
}

/** Nobody is signed in yet, and next-auth would read a body of any size into memory. */
async function boundedForm(request: NextRequest): Promise<Record<string, string> | Response> {
  if (!request.headers.get("content-type")?.startsWith(formType)) return new Response(null, { status: 415 });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > longestForm) return new Response(null, { status: 413 });
    chunks.push(chunk);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}
