import { branding } from "@/lib/branding";
import { databaseTime } from "@/lib/database-time";
import { env } from "@/lib/env";
import { securityTxt } from "@/lib/security-txt";

/** Where someone who found a fault reports it. Made at each request, because it names the date on which it expires. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(securityTxt(branding, { baseUrl: env.BASE_URL, now: databaseTime() }), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
