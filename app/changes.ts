import { pagesVersion } from "@/components/ui/pages-version";
import { failure } from "@/lib/action";
import { appErrors } from "@/lib/errors";

/** Answers a page that asks whether it is still what it shows: the mark of its data, and the version that would serve it now. */
export async function answerMark(read: () => Promise<string>): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    return Response.json({ mark: await read(), version: pagesVersion }, { headers });
  } catch (error) {
    const { code, message } = failure(error);
    return Response.json({ code, message }, { status: appErrors[code].status, headers });
  }
}
