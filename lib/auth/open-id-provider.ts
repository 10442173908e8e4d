import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Env } from "@/lib/env";
import { accountId } from "./adapter";

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
      /** Many providers put groups and own claims only into one of the two answers; the signed one wins. */
      async request({ client, tokens }) {
        const claims: Record<string, unknown> = client.issuer.metadata.userinfo_endpoint
          ? await client.userinfo(tokens.access_token ?? "")
          : {};
        const signed = idTokenClaims(tokens.id_token);
        if (claims.sub !== undefined && claims.sub !== signed.sub) throw new Error("Userinfo is about somebody else.");
        return { ...claims, ...signed };
      },
    },
    profile: (profile) => ({ id: accountId(String(profile.iss ?? ""), String(profile.sub ?? "")) }),
  };
}

/** The token's signature, issuer, audience and nonce were checked when it was received. */
function idTokenClaims(idToken = ""): Record<string, unknown> {
  const [, payload = ""] = idToken.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}
