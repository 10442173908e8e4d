import type { Manners } from "../manners";

/**
 * Claims have colons in their names. Groups and own attributes are in the ID token alone; userinfo says `email_verified` as a text.
 * {@link https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html}
 * {@link https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html}
 */
export const cognito: Manners = {
  issuerPath: "/us-east-1_Example01",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_basic", "client_secret_post"],
  idToken: ({ subject, name, email, groups, customer }) => ({
    token_use: "id",
    "cognito:username": subject,
    ...(groups.length > 0 && { "cognito:groups": groups }),
    ...(customer && { "custom:customer": customer }),
    name,
    email,
    email_verified: true,
  }),
  userinfo: ({ subject, name, email }) => ({ username: subject, name, email, email_verified: "true" }),
};
