import { download, searchParametersOf } from "@/app/download";
import { exportAccessLog } from "@/lib/access-log/export-access-log";
import { customerMember } from "@/lib/auth/guards";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** `?format=csv` or `json`, and the filter of the page. */
export function GET(request: Request, { params }: RouteContext): Promise<Response> {
  return download(async () => {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    return exportAccessLog(access, connectionId, searchParametersOf(request));
  });
}
