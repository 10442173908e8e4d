import { operations } from "@/app/developers/reference";
import { llmsText } from "@/lib/api-reference/llms-text";
import { branding } from "@/lib/branding";
import { env } from "@/lib/env";

/** Made at each request: where the portal is and whether its API is shown are known to the running process alone. */
export const dynamic = "force-dynamic";

/** What the API is, for programs that read. */
export function GET(): Response {
  if (!env.PUBLIC_API) return new Response(null, { status: 404 });
  const { productName, supportEmail } = branding;
  return new Response(llmsText({ productName, supportEmail, portal: env.BASE_URL, operations }), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
