import { download } from "@/app/download";
import { customerMember } from "@/lib/auth/guards";
import { getConnection, reviewFile } from "@/lib/connections/queries";
import { reviewedStack } from "../reviewed-stack";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** What a connection's role is allowed, as a file. */
export function GET(request: Request, { params }: RouteContext): Promise<Response> {
  return download(async () => {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const connection = await getConnection(access, connectionId);
    return reviewFile(new URL(request.url).searchParams, reviewedStack(connection));
  });
}
