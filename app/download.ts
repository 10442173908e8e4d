import { failure } from "@/lib/action";
import { appErrors } from "@/lib/errors";

interface File {
  name: string;
  contentType: string;
  body: ReadableStream<Uint8Array> | string;
}

/** Answers with a file to keep, or with a sentence why there is none: a person sees it in place of the page. */
export async function download(open: () => Promise<File>): Promise<Response> {
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  try {
    const { name, contentType, body } = await open();
    return new Response(body, {
      headers: {
        ...headers,
        "content-type": contentType,
        "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "_")}"`,
      },
    });
  } catch (error) {
    const { code, message, retryAfterSeconds } = failure(error);
    return new Response(message, {
      status: appErrors[code].status,
      headers: {
        ...headers,
        "content-type": "text/plain; charset=utf-8",
        ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
      },
    });
  }
}

export function searchParametersOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}
