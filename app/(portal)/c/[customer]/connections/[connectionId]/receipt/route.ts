import { download } from "@/app/download";
import { customerMember } from "@/lib/auth/guards";
import { readSetupReceipt } from "@/lib/verifications/setup-receipt";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** The dated proof that the setup permissions are gone, as a file. */
export function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  return download(async () => {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const { fileName, text } = await readSetupReceipt(access, connectionId);
    return { name: fileName, contentType: "application/json; charset=utf-8", body: text };
  });
}
