import document from "@/docs/openapi.json";
import { env } from "@/lib/env";

/** What the API takes and answers, for programs that make clients of it. */
export function GET(): Response {
  return env.PUBLIC_API ? Response.json(document) : new Response(null, { status: 404 });
}
