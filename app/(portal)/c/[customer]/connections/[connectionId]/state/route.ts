import { failure } from "@/lib/action";
import { customerMember } from "@/lib/auth/guards";
import { connectionVersion } from "@/lib/connections/queries";
import { appErrors } from "@/lib/errors";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** The connection's version, for open pages that watch whether someone else or AWS changed it. */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    return Response.json({ version: await connectionVersion(access, connectionId) }, { headers });
  } catch (error) {
    const { code, message } = failure(error);
    return Response.json({ code, message }, { status: appErrors[code].status, headers });
  }
}
