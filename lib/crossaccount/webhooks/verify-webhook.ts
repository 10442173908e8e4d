import { Webhook } from "standardwebhooks";
import { CrossAccountError } from "../errors";

/** What the portal tells: thin, so that what matters is read back from it. */
export interface WebhookEvent {
  /** The same for each delivery of the event: keep it to notice the second one. */
  id: string;
  /** In the order in which the portal committed what happened. */
  sequence: number;
  /** Such as `connection.status_changed`; types come with new releases, so an unknown one is no error. */
  type: string;
  /** ISO 8601. */
  created_at: string;
  /** The vendor's own reference. */
  customer: string;
  /** The connection's ID. */
  connection?: string;
  data: Readonly<Record<string, unknown>>;
}

export interface WebhookVerifier {
  /**
   * @param body the request's body as it came, before any parser
   * @param headers of the request, as `fetch` or Node gives them
   * @throws CrossAccountError `webhook-invalid`, without saying more to whoever sent it: answer with 400
   */
  verify(body: string | Uint8Array, headers: Headers | NodeHeaders): WebhookEvent;
}

type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const SIGNED = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/**
 * Tells deliveries of the portal from forged, changed and old ones (more than five minutes), by the rules of Standard Webhooks.
 * Several secrets while one is rotated: any of them may have signed.
 * @throws CrossAccountError `config-invalid` for a secret that is none
 */
export function createWebhookVerifier({ secrets }: { secrets: readonly string[] }): WebhookVerifier {
  const keys = secrets.map(readSecret);
  if (keys.length === 0) throw new CrossAccountError("config-invalid", "A webhook verifier needs at least one secret.");
  return {
    verify(body, headers) {
      const text = readBody(body);
      const signed = readHeaders(headers);
      if (!keys.some((key) => accepts(key, text, signed))) {
        throw invalid("The webhook was not signed with a secret of this endpoint, or more than five minutes ago.");
      }
      return readEvent(text);
    },
  };
}

function readSecret(secret: string): Webhook {
  try {
    if (!secret.startsWith("whsec_")) throw new Error("another prefix");
    return new Webhook(secret);
  } catch {
    throw new CrossAccountError("config-invalid", "A webhook secret is the whole text that the portal showed: whsec_…");
  }
}

function readBody(body: string | Uint8Array): string {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString("utf8");
  throw new CrossAccountError(
    "input-invalid",
    "Pass the body as it came, text or bytes; a parsed one cannot be verified.",
  );
}

function readHeaders(headers: Headers | NodeHeaders): Record<string, string> {
  const values = SIGNED.map((name) => [name, headerOf(headers, name)] as const);
  if (values.some(([, value]) => !value)) throw invalid(`The request lacks one of the headers ${SIGNED.join(", ")}.`);
  return Object.fromEntries(values);
}

function headerOf(headers: Headers | NodeHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? "";
  const found = Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  return typeof found === "string" ? found : "";
}

function accepts(key: Webhook, body: string, headers: Record<string, string>): boolean {
  try {
    key.verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** What was signed is the portal's, so its shape is believed as far as a receiver needs it. */
function readEvent(text: string): WebhookEvent {
  const event = parse(text) as Partial<WebhookEvent> | null;
  if (typeof event?.id !== "string" || typeof event.type !== "string") throw invalid("The webhook's body is no event.");
  return event as WebhookEvent;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("webhook-invalid", message);
}
