import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { requestedPathHeader } from "@/lib/auth/requested-path";
import { branding } from "@/lib/branding";
import { env } from "@/lib/env";
import { RETRY_AFTER_SECONDS } from "@/lib/errors";
import { framePolicy } from "@/lib/frame-policy";
import { databaseAnswers } from "@/lib/outage";
import { outagePage } from "@/lib/outage-page";

/**
 * Gives every page a content security policy with a nonce of its own: only scripts that the server wrote itself run, whatever
 * text a customer manages to get onto a page. Notes the page that was asked for, so that signing in leads back to it.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (wantsPage(request) && !(await databaseAnswers())) return unavailable();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(requestedPathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Files, and routes that answer with data, say themselves what is wrong. */
function wantsPage({ method, headers }: NextRequest): boolean {
  return method === "GET" && (headers.has("rsc") || (headers.get("accept")?.includes("text/html") ?? false));
}

function unavailable(): NextResponse {
  return new NextResponse(outagePage(branding.productName), {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors ${framePolicy.frameAncestors}`,
      "retry-after": String(RETRY_AFTER_SECONDS),
    },
  });
}

/** Whatever headers a request has: one that could ask for no policy would get a page without. */
export const config = { matcher: "/((?!api/|_next/static/).*)" };

function contentSecurityPolicy(nonce: string): string {
  const development = env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    // Chromium applies this to the redirects that follow, so sign-in needs the provider's address.
    `form-action 'self' ${new URL(env.OIDC_ISSUER).origin}`,
    `frame-ancestors ${framePolicy.frameAncestors}`,
    ...(env.BASE_URL.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
