import { config } from "@/lib/config";
import { env } from "@/lib/env";
import { publicFacts } from "@/lib/public-facts";

/** Made at each request: a running process alone knows its own address. */
export const dynamic = "force-dynamic";

/** What a customer's security team may want to compare a role with. */
export function GET(): Response {
  return Response.json(publicFacts(config, env.BASE_URL));
}
