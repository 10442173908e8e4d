import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Env } from "@/lib/env";
import { accountId } from "./adapter";
import { type Answer, mergeAnswers } from "./merge-answers";

interface ProviderProfile extends Record<string, unknown> {
  iss?: unknown;
  sub?: unknown;
}

/** Any OpenID provider, by discovery, with PKCE, state and nonce. */
export function openIdProvider(
  settings: Pick<Env, "OIDC_ISSUER" | "OIDC_CLIENT_ID" | "OIDC_CLIENT_SECRET">,
): OAuthConfig<ProviderProfile> {
  return {
    id: "oidc",
    name: "OpenID Connect",
    type: "oauth",
    wellKnown: `${settings.OIDC_ISSUER.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      async request({ client, tokens }) {
        const idToken = idTokenClaims(tokens.id_token);
        if (!client.issuer.metadata.userinfo_endpoint) return idToken;
        return mergeAnswers(idToken, await client.userinfo(tokens.access_token ?? ""));
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
