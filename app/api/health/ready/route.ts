import { RETRY_AFTER_SECONDS } from "@/lib/errors";
import { checkReadiness } from "@/lib/readiness";

export const dynamic = "force-dynamic";

/** The process can serve people: its database answers. */
export async function GET(): Promise<Response> {
  const ready = await checkReadiness();
  return Response.json(
    { status: ready ? "ok" : "unavailable" },
    { status: ready ? 200 : 503, ...(!ready && { headers: { "retry-after": String(RETRY_AFTER_SECONDS) } }) },
  );
}
