import type { HttpRequest, HttpResponse } from "../protocol/http";
import { answerApi } from "./api";
import { clientScript } from "./client-script";
import { isForeign } from "./foreign-request";
import { home } from "./home";
import { stylesheet } from "./stylesheet";
import type { ConsoleTools } from "./tools";

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The page that a launch link opens. It stands in for AWS's console and says so. */
export async function handleConsole(request: HttpRequest, tools: ConsoleTools): Promise<HttpResponse> {
  const { status, headers, body } = await answer(request, tools);
  return { status, headers: { ...securityHeaders, ...headers }, body };
}

async function answer(request: HttpRequest, tools: ConsoleTools): Promise<HttpResponse> {
  if (isForeign(request)) return text(403, "text/plain", "The sandbox console answers only its own pages.");
  if (request.path.startsWith("/console/api/")) return answerApi(request, tools);
  if (request.method !== "GET" && request.method !== "HEAD") return text(405, "text/plain", "Method not allowed");
  switch (request.path) {
    case "/console":
    case "/console/":
      return { status: 302, headers: { location: "/console/cloudformation/home" }, body: "" };
    case "/console/cloudformation/home":
    case "/console/iam/home":
      return text(200, "text/html", home);
    case "/console/console.css":
      return text(200, "text/css", stylesheet);
    case "/console/console.js":
      return text(200, "text/javascript", await clientScript());
    default:
      return text(404, "text/plain", "The sandbox console has no such page.");
  }
}

function text(status: number, type: string, body: string): HttpResponse {
  return { status, headers: { "content-type": `${type}; charset=utf-8` }, body };
}
