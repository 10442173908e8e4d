import type { Manners } from "../manners";

/**
 * The issuer has a path. Groups come for the scope `groups`, those of its GitHub connector as `organization:team`.
 * {@link https://dexidp.io/docs/configuration/custom-scopes-claims-clients/}
 * {@link https://dexidp.io/docs/connectors/github/}
 */
export const dex: Manners = {
  issuerPath: "/dex",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_basic"],
  idToken: ({ name, email, groups }, scopes) => ({
    name,
    email,
    email_verified: true,
    ...(scopes.includes("groups") && { groups }),
  }),
  userinfo: ({ name, email, groups }, scopes) => ({
    name,
    email,
    email_verified: true,
    ...(scopes.includes("groups") && { groups }),
  }),
};
