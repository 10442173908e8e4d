import type { Manners } from "../manners";

/**
 * A custom authorization server: the issuer has a path. An ID token that comes with an access token is thin, so e-mail and groups are in userinfo alone,
 * and groups only for the scope `groups`.
 * {@link https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/#id-token}
 * {@link https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/}
 */
export const okta: Manners = {
  issuerPath: "/oauth2/default",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_basic"],
  idToken: () => ({ ver: 1, amr: ["pwd"], idp: "00o1" }),
  userinfo: ({ name, email, groups }, scopes) => ({
    name,
    email,
    email_verified: true,
    ...(scopes.includes("groups") && { groups }),
  }),
};
