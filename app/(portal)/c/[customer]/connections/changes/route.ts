import { answerMark } from "@/app/changes";
import { customerMember } from "@/lib/auth/guards";
import { markOfConnections } from "@/lib/connections/changes";

interface RouteContext {
  params: Promise<{ customer: string }>;
}

export function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  return answerMark(async () => markOfConnections(await customerMember(await params)));
}
