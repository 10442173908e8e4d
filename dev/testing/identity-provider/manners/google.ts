import type { Manners } from "../manners";

/**
 * No groups at all, in no scope. E-mails are verified in both answers; `hd` is the Workspace domain.
 * {@link https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload}
 */
export const google: Manners = {
  issuerPath: "",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_basic", "client_secret_post"],
  idToken: ({ name, email }) => ({ hd: email.split("@")[1], email, email_verified: true, name }),
  userinfo: ({ name, email }) => ({ name, email, email_verified: true, hd: email.split("@")[1] }),
};
