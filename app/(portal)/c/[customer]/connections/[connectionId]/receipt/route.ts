import { download } from "@/app/download";
import { customerMember } from "@/lib/auth/guards";
import { readEndReceipt } from "@/lib/connections/end-receipt";
import { readSetupReceipt } from "@/lib/verifications/setup-receipt";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** The dated proof that the setup permissions are gone, or by `of=end` what AWS says since the end, as a file. */
export function GET(request: Request, { params }: RouteContext): Promise<Response> {
  return download(async () => {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const isOfEnd = new URL(request.url).searchParams.get("of") === "end";
    const { fileName, text } = await (isOfEnd ? readEndReceipt : readSetupReceipt)(access, connectionId);
    return { name: fileName, contentType: "application/json; charset=utf-8", body: text };
  });
}
