import "server-only";
import type { TokenEndpointHandler } from "next-auth/providers/oauth";
import { asymmetricAlgorithms, isSafeAddress } from "@/lib/sign-in-settings";
import type { ProviderSettings } from "./provider-settings";
import { faultOfRequest, SignInFault, withinTime } from "./sign-in-fault";

type TokenRequest = Parameters<NonNullable<TokenEndpointHandler["request"]>>[0];
export type OpenIdClient = TokenRequest["client"];

interface Exchange extends Pick<TokenRequest, "params" | "checks"> {
  settings: ProviderSettings;
  redirectUri: string;
}

/** `openid-client` has this method, and no type for it. */
interface IdTokenVerifier {
  validateIdToken(tokens: { id_token?: string }, ...rest: unknown[]): Promise<unknown>;
}

/**
 * Exchanges the code for tokens and verifies the ID token. A client of `openid-client` expects one algorithm, known before the token is there; so
 * the token is verified by another client, of the algorithm that it names, provided that it is one of those allowed.
 *
 * @throws SignInFault
 */
export async function exchangeCode(client: OpenIdClient, { settings, params, checks, redirectUri }: Exchange) {
  refuseUnsafeAddresses(client);
  let step: "sign-in-lost" | "code-refused" | "token-refused" = "sign-in-lost";
  const grant = client.grant.bind(client);
  client.grant = async (...input) => {
    step = "code-refused";
    const tokens = await grant(...input);
    step = "token-refused";
    return tokens;
  };
  (client as unknown as IdTokenVerifier).validateIdToken = (tokens, ...rest) => {
    const algorithm = allowedAlgorithm(client, tokens.id_token, settings.OIDC_ID_TOKEN_ALG);
    const verifier = clientWith(client, { id_token_signed_response_alg: algorithm });
    return (verifier as unknown as IdTokenVerifier).validateIdToken(tokens, ...rest);
  };
  try {
    const exchange = client.callback(redirectUri, params, checks as Parameters<OpenIdClient["callback"]>[2]);
    return await withinTime(2 * settings.OIDC_TIMEOUT_MS, exchange);
  } catch (error) {
    throw isUsedCode(error)
      ? new SignInFault("sign-in-lost", { cause: error, detail: "invalid_grant" })
      : faultOfRequest(error, step);
  }
}

/** The client's secret, codes and tokens go to these, and keys come from there. */
function refuseUnsafeAddresses({ issuer: { metadata } }: OpenIdClient): void {
  for (const name of ["token_endpoint", "jwks_uri", "userinfo_endpoint"] as const) {
    const address = metadata[name];
    if (address !== undefined && !(URL.canParse(address) && isSafeAddress(address)))
      throw new SignInFault("provider-unreachable", { detail: `its discovery names a ${name} that is not https` });
  }
}

/** The same client with other expectations of what it receives. */
export function clientWith(client: OpenIdClient, metadata: Partial<OpenIdClient["metadata"]>): OpenIdClient {
  return new client.issuer.Client({ ...client.metadata, ...metadata });
}

/**
 * The algorithm by which a token says that it is signed. It has to be the one that the operator chose, else one that the provider's discovery offers, and never
 * `none` or one whose key is the client's secret. Discovery without a word about it offers RS256
 * ({@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core 3.1.3.7}).
 */
export function allowedAlgorithm(client: OpenIdClient, token: string | undefined, chosen: string | undefined): string {
  const offered = client.issuer.metadata.id_token_signing_alg_values_supported;
  const allowed = chosen
    ? [chosen]
    : asymmetricAlgorithms.filter((name) => (Array.isArray(offered) ? offered.includes(name) : name === "RS256"));
  const algorithm = algorithmOf(token);
  if (allowed.some((name) => name === algorithm)) return algorithm;
  const named = /^[\w-]{1,20}$/.test(algorithm) ? algorithm : "an algorithm without a name";
  throw new SignInFault("token-refused", {
    detail: `signed by ${named}; ${chosen ? "OIDC_ID_TOKEN_ALG is" : "this portal takes, of what discovery offers,"} ${allowed.join(", ") || "nothing"}`,
  });
}

function algorithmOf(token = ""): string {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
    return String((header as { alg?: unknown }).alg);
  } catch {
    return "";
  }
}

/** A second use of the same code, such as the browser's Back, or one that was slept over. */
function isUsedCode(error: unknown): boolean {
  return (error as { error?: unknown }).error === "invalid_grant";
}
