import "server-only";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { authOptions } from "./options";
import { sessionCookie } from "./session-cookie";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** What of next-auth is served. The rest would let anyone write into the log, or shows pages that are not ours. */
const served = new Set([
  ...["csrf", "providers", "session", "signin", "signout", "callback", "error"].map((verb) => `GET ${verb}`),
  ...["signin", "signout"].map((verb) => `POST ${verb}`),
]);

const formType = "application/x-www-form-urlencoded";
const longestForm = 16_384;

/** next-auth's routes. A sign-in that is being finished always starts a new session in place of the browser's old one. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const [verb] = (await context.params).nextauth;
  if (!served.has(`${request.method} ${verb}`)) return new Response(null, { status: 404 });
  const bounded = request.method === "POST" ? await withBoundedForm(request) : request;
  if (bounded instanceof Response) return bounded;
  const current = request.cookies.get(sessionCookie(env.BASE_URL).name)?.value;
  return NextAuth(authOptions(verb === "callback" ? { replaces: current } : {}))(bounded, context);
}

/** No one is signed in yet, and next-auth would read a body of any size into memory. */
async function withBoundedForm(request: NextRequest): Promise<NextRequest | Response> {
  if (!request.headers.get("content-type")?.startsWith(formType)) return new Response(null, { status: 415 });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > longestForm) return new Response(null, { status: 413 });
    chunks.push(chunk);
  }
  return new NextRequest(request.url, { method: "POST", headers: request.headers, body: Buffer.concat(chunks) });
}
