import type { Manners } from "../manners";

/**
 * One group is a text, several are a list. Own claims come in the ID token for the scope `allatclaims`; userinfo says no more than the subject, and refuses access tokens
 * that are not made out to it. Nothing says whether the e-mail is verified.
 * {@link https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/development/custom-id-tokens-in-ad-fs}
 * {@link https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/overview/ad-fs-openid-connect-oauth-flows-scenarios}
 */
export const adFs: Manners = {
  issuerPath: "/adfs",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_post"],
  discovery: {
    access_token_issuer: "http://adfs.example.com/adfs/services/trust",
    microsoft_multi_refresh_token: true,
  },
  idToken: ({ email, groups }, scopes) => ({
    upn: email,
    unique_name: `EXAMPLE\\${email.split("@")[0]}`,
    ...(scopes.includes("allatclaims") && {
      email,
      ...(groups.length > 0 && { group: groups.length === 1 ? groups[0] : groups }),
    }),
  }),
  userinfo: () => 401,
};
