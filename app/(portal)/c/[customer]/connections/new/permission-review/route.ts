import { download } from "@/app/download";
import { customerMember } from "@/lib/auth/guards";
import { reviewFile } from "@/lib/connections/queries";

/** What a new connection would allow, as a file. */
export function GET(request: Request, { params }: { params: Promise<{ customer: string }> }): Promise<Response> {
  return download(async () => {
    await customerMember({ customer: (await params).customer });
    return reviewFile(new URL(request.url).searchParams);
  });
}
