import { z } from "zod";
import { failure } from "@/lib/action";
import { customerMember } from "@/lib/auth/guards";
import { appErrors } from "@/lib/errors";
import { latestVerification } from "@/lib/verifications/queries";
import { verificationViewSchema } from "@/lib/verifications/schema";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** The running verification, or the last one, for the page that watches it; 204 when there was none. */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const verification = await latestVerification(access, connectionId);
    if (!verification) return new Response(null, { status: 204, headers });
    return Response.json(z.encode(verificationViewSchema, verification), { headers });
  } catch (error) {
    const { code, message } = failure(error);
    return Response.json({ code, message }, { status: appErrors[code].status, headers });
  }
}
