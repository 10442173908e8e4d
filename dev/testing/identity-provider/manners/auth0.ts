import type { Manners } from "../manners";

/**
 * The issuer ends in a slash. `groups` and `roles` are reserved, so an Action adds claims whose names are addresses, to both answers.
 * {@link https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims}
 */
export const auth0: Manners = {
  issuerPath: "/",
  algorithm: "RS256",
  clientAuthentication: ["client_secret_post"],
  discovery: { id_token_signing_alg_values_supported: ["HS256", "RS256", "PS256"] },
  idToken: (person) => ({ ...claimsOf(person), sid: "session" }),
  userinfo: (person) => ({ ...claimsOf(person), updated_at: "2026-11-26T00:00:00.000Z" }),
};

function claimsOf({ name, email, groups, customer }: Parameters<Manners["idToken"]>[0]) {
  return {
    name,
    email,
    email_verified: true,
    "https://connect.example.com/roles": groups,
    ...(customer && { "https://connect.example.com/customer": customer }),
  };
}
