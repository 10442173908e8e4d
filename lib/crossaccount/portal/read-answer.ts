import { PortalError } from "./portal-error";

/** More than any answer of the API has. */
const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_MESSAGE = 2_000;

/**
 * What the portal answered, as JSON; undefined for an answer without a body.
 * @throws PortalError for a problem, and for what is no answer of the API
 */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await boundedText(response);
  if (response.status === 204) return undefined;
  const body = parse(text);
  if (response.ok && body !== undefined) return body;
  throw problemIn(response, body);
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  // Leaving the loop cancels what is left of the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw notTheApi(response, "Its answer is larger than any of the API.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemIn(response: Response, body: unknown): PortalError {
  const { code, detail, request_id: requestId, fields, try_again: tryAgain } = Object(body) as Record<string, unknown>;
  if (typeof code !== "string" || typeof detail !== "string") return notTheApi(response, "");
  return new PortalError(code, detail.slice(0, LONGEST_MESSAGE), {
    status: response.status,
    ...(typeof requestId === "string" && { requestId }),
    ...(isTexts(fields) && { fields }),
    tryAgain: tryAgain === true,
    ...retryAfter(response),
  });
}

/** What stands between client and portal answers in its own words; nothing of them is quoted. */
function notTheApi(response: Response, why: string): PortalError {
  const { status } = response;
  if (status === 429 || status >= 500) {
    const message = `Something before the portal answered with status ${status}. Try again in a moment.`;
    return new PortalError("portal-unavailable", message, { status, tryAgain: true, ...retryAfter(response) });
  }
  const likely =
    status >= 300 && status < 400
      ? "It leads elsewhere, and the API key is not sent on: use the address that it leads to."
      : "Check the client's url, and that the API is on there.";
  return new PortalError(
    "answer-invalid",
    `What answered (status ${status}) is not the portal's API. ${why || likely}`,
    { status },
  );
}

/** In seconds or as a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter({ headers }: Response): { retryAfterSeconds?: number } {
  const text = headers.get("retry-after") ?? "";
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1_000);
  return Number.isNaN(seconds) ? {} : { retryAfterSeconds: Math.max(0, seconds) };
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
}
