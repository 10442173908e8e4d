import type { DirectoryPerson, Manners } from "../manners";

const tenant = "7f1b7f2c-4f6e-4b7e-9d53-0d2f8a1c6b3e";

/**
 * Nothing says whether the e-mail is verified. Application roles are in the ID token by name, groups by object ID; of more than 200 groups it only says
 * where to ask for them. Userinfo is Microsoft Graph's and knows neither.
 * {@link https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference}
 * {@link https://learn.microsoft.com/en-us/entra/identity-platform/userinfo}
 */
export const entra: Manners = {
  issuerPath: `/${tenant}/v2.0`,
  algorithm: "RS256",
  clientAuthentication: ["client_secret_post", "client_secret_basic"],
  idToken: ({ subject, name, email, groups }) => ({
    ver: "2.0",
    tid: tenant,
    oid: `oid-of-${subject}`,
    name,
    email,
    preferred_username: email,
    ...(groups.length > 0 && { roles: groups }),
  }),
  userinfo: ({ name, email }) => ({ name, email, picture: "https://graph.microsoft.com/v1.0/me/photo/$value" }),
};

/** Somebody with more than 200 groups. */
export const entraOverage: Manners = {
  ...entra,
  idToken: (person: DirectoryPerson, scopes) => ({
    ...entra.idToken({ ...person, groups: [] }, scopes),
    _claim_names: { groups: "src1" },
    _claim_sources: { src1: { endpoint: "https://graph.windows.net/tenant/users/oid/getMemberObjects" } },
  }),
};
