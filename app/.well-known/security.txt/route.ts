import { branding } from "@/lib/branding";
import { env } from "@/lib/env";
import { securityTxt } from "@/lib/security-txt";

/** Where somebody who found a fault reports it. Made at each request, for it names a date at which it is out of date. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(securityTxt(branding, { baseUrl: env.BASE_URL, now: new Date() }), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
