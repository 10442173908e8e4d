import { answerMark } from "@/app/changes";
import { customerMember } from "@/lib/auth/guards";
import { markOfConnection } from "@/lib/connections/changes";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

export function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  return answerMark(async () => {
    const { customer, connectionId } = await params;
    return markOfConnection(await customerMember({ customer }), connectionId);
  });
}
