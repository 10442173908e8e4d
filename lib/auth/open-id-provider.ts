import "server-only";
import type { Agent } from "node:http";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { accountId } from "./adapter";
import { type Attempt, remembered } from "./attempt";
import { claimsOfSomebody } from "./claims";
import { exchangeCode } from "./exchange-code";
import { type Answer, mergeAnswers } from "./merge-answers";
import type { ProviderSettings } from "./provider-settings";
import { askUserinfo } from "./userinfo";

interface ProviderProfile extends Answer {
  iss?: unknown;
  sub?: unknown;
}

/** Any OpenID provider, by discovery, with PKCE, state and nonce. */
export function openIdProvider(
  settings: ProviderSettings,
  { attempt, agent }: { attempt: Attempt; agent: Agent },
): OAuthConfig<ProviderProfile> {
  return {
    id: "oidc",
    name: "OpenID Connect",
    type: "oauth",
    wellKnown: `${settings.OIDC_ISSUER.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    authorization: { params: { scope: settings.OIDC_SCOPE } },
    httpOptions: { timeout: settings.OIDC_TIMEOUT_MS, agent },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    token: {
      request({ client, provider, params, checks }) {
        attempt.reachedExchange = true;
        return remembered(attempt, async () => ({
          tokens: await exchangeCode(client, { settings, params, checks, redirectUri: provider.callbackUrl }),
        }));
      },
    },
    userinfo: {
      request({ client, tokens }) {
        return remembered(attempt, async () => {
          const idToken = idTokenClaims(tokens.id_token);
          const { answer, trouble } = await askUserinfo(client, { settings, accessToken: tokens.access_token });
          attempt.userinfoTrouble = trouble;
          const said = answer ? mergeAnswers(idToken, answer) : idToken;
          claimsOfSomebody(said);
          return said;
        });
      },
    },
    profile: (profile) => ({ id: accountId(String(profile.iss ?? ""), String(profile.sub ?? "")) }),
  };
}

/** The token's signature, issuer, audience and nonce were checked when it was received. */
function idTokenClaims(idToken = ""): Answer {
  const [, payload = ""] = idToken.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}
