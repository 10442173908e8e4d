import "server-only";
import { allowedAlgorithm, clientWith, type OpenIdClient } from "./exchange-code";
import type { Answer } from "./merge-answers";
import type { ProviderSettings } from "./provider-settings";
import { withinTime } from "./sign-in-fault";

interface Userinfo {
  answer?: Answer;
  /** Why there is no answer, for the log. */
  trouble?: string;
}

/** The userinfo answer adds to the ID token, which is enough without: where there is none, that is told and nobody is kept out. */
export async function askUserinfo(
  client: OpenIdClient,
  { settings, accessToken }: { settings: ProviderSettings; accessToken: string | undefined },
): Promise<Userinfo> {
  if (!client.issuer.metadata.userinfo_endpoint) return {};
  if (!accessToken) return { trouble: "the provider gave no access token for it" };
  try {
    const answer: unknown = await withinTime(2 * settings.OIDC_TIMEOUT_MS, ask(client, accessToken, settings));
    if (typeof answer === "object" && answer !== null && !Array.isArray(answer)) return { answer: answer as Answer };
    return { trouble: "it is no JSON object" };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

/** Some providers answer with a signed JWT: such an answer is asked for once more, by a client that verifies its signature. */
async function ask(client: OpenIdClient, accessToken: string, settings: ProviderSettings): Promise<unknown> {
  try {
    return await client.userinfo(accessToken);
  } catch (error) {
    const response = responseOf(error);
    if (response?.statusCode !== 200 || !response.headers?.["content-type"]?.startsWith("application/jwt")) throw error;
    const algorithm = allowedAlgorithm(client, String(response.body), settings.OIDC_ID_TOKEN_ALG);
    return clientWith(client, { userinfo_signed_response_alg: algorithm }).userinfo(accessToken);
  }
}

interface ProviderResponse {
  statusCode?: number;
  headers?: Record<string, string | undefined>;
  body?: unknown;
}

function responseOf(error: unknown): ProviderResponse | undefined {
  return (error as { response?: ProviderResponse }).response;
}

function troubleOf(error: unknown): string {
  const status = responseOf(error)?.statusCode;
  if (status !== undefined && status !== 200) return `it answered with status ${status}`;
  return error instanceof Error ? error.message.slice(0, 300) : "it gave no answer";
}
