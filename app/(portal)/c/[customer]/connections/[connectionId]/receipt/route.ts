import { download } from "@/app/download";
import { customerMember } from "@/lib/auth/guards";
import { readReceipt } from "@/lib/connections/receipts";

interface RouteContext {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** A receipt as a file: the one that `id` names, or the latest proof that the setup permissions are gone. */
export function GET(request: Request, { params }: RouteContext): Promise<Response> {
  return download(async () => {
    const { customer, connectionId } = await params;
    const access = await customerMember({ customer });
    const receiptId = new URL(request.url).searchParams.get("id");
    const { fileName, text } = await readReceipt(access, connectionId, receiptId ? { receiptId } : { kind: "setup" });
    return { name: fileName, contentType: "application/json; charset=utf-8", body: text };
  });
}
