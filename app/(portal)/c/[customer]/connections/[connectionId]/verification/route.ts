import { z } from "zod";
import { searchParametersOf } from "@/app/download";
import { failure } from "@/lib/action";
import { customerMember } from "@/lib/auth/guards";
import { appErrors } from "@/lib/errors";
import { getVerification, latestVerification } from "@/lib/verifications/queries";
import { verificationViewSchema } from "@/lib/verifications/schema";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/**
 * The verification that `?run=` names, for the page that started it and watches it. Without a name the running one, or the last;
 * 204 when there was none.
 */
export async function GET(request: Request, { params }: RouteContext): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const verificationId = searchParametersOf(request).run;
    const verification = verificationId
      ? await getVerification(access, { connectionId, verificationId })
      : await latestVerification(access, connectionId);
    if (!verification) return new Response(null, { status: 204, headers });
    return Response.json(z.encode(verificationViewSchema, verification), { headers });
  } catch (error) {
    const { code, message, retryAfterSeconds } = failure(error);
    const later = retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) };
    return Response.json({ code, message }, { status: appErrors[code].status, headers: { ...headers, ...later } });
  }
}
