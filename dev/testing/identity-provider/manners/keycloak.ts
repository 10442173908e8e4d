import type { Manners } from "../manners";

/**
 * The issuer has the realm in its path, ID tokens are signed as the client is set up to, roles are within an object, and organizations are a list that is given
 * for the scope `organization`.
 * {@link https://www.keycloak.org/docs/latest/server_admin/#_oidc_token_role_mappings}
 * {@link https://www.keycloak.org/docs/latest/server_admin/#_managing_organizations}
 */
export const keycloak: Manners = {
  issuerPath: "/realms/vendor",
  algorithm: "ES256",
  clientAuthentication: ["client_secret_basic"],
  discovery: {
    id_token_signing_alg_values_supported: [
      "PS384",
      "ES384",
      "RS384",
      "HS256",
      "HS512",
      "ES256",
      "RS256",
      "EdDSA",
      "none",
    ],
  },
  idToken: ({ name, email, groups, customer }, scopes) => ({
    typ: "ID",
    name,
    email,
    email_verified: true,
    preferred_username: name.toLowerCase(),
    realm_access: { roles: ["offline_access", ...groups] },
    ...(customer && scopes.includes("organization") && { organization: [customer] }),
  }),
  userinfo: ({ name, email }) => ({ name, email, email_verified: true }),
};
