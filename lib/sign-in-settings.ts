import "server-only";
import { z } from "zod";

const address = z.url({
  protocol: /^https?$/i,
  abort: true,
  error: ({ input }) => (input === undefined ? undefined : "must be an address such as https://connect.example.com"),
});

/** The address of the portal as its origin alone: next-auth, redirects and cookies know no path before their own. */
export const baseUrl = address.transform((given, context) => {
  const url = new URL(given);
  if (url.pathname.replace(/\/+$/, "") === "" && !hasExtras(url)) return url.origin;
  context.addIssue({
    code: "custom",
    message:
      "must be the address alone, such as https://connect.example.com, without a path, question mark, # or user name: the portal needs a host name of its own",
  });
  return z.NEVER;
});

export const issuerAddress = address.superRefine((given, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  const url = new URL(given);
  if (hasExtras(url)) refuse("must have no question mark, # or user name");
  if (/\/\.well-known\//.test(url.pathname))
    refuse("must be the issuer, which is the address before /.well-known/openid-configuration");
});

/** Whether nobody on the way can read or change what is exchanged with it. */
export function isSafeAddress(address: string): boolean {
  const url = new URL(address);
  return url.protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

function hasExtras(url: URL): boolean {
  return url.href !== `${url.origin}${url.pathname}`;
}

/** Scopes with blanks between them ({@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749, 3.3}). */
export const scope = z
  .string()
  .transform((text) => text.trim().split(/\s+/))
  .refine(
    (scopes) => scopes.includes("openid") && scopes.every((name) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)),
    "must be scopes with blanks between them, openid among them, such as: openid email profile groups",
  )
  .transform((scopes) => scopes.join(" "));

/** What an ID token may be signed with. HS* uses the client secret as its key, so it is a choice of the operator alone. */
export const asymmetricAlgorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"],
] as const;
export const idTokenAlgorithm = z.enum(
  [...asymmetricAlgorithms, "HS256", "HS384", "HS512"],
  "must be one algorithm, such as RS256, ES256 or HS256; without it, what the provider's discovery offers is taken, but for HS256 and its like",
);

interface SignInValues {
  OIDC_ISSUER: string;
  OIDC_CLIENT_SECRET: string;
  OIDC_ID_TOKEN_ALG?: string | undefined;
  OIDC_TRUST_EMAIL: boolean;
  STAFF_GROUP: readonly string[];
  STAFF_SECURITY_GROUP: readonly string[];
  CUSTOMER_CLAIM?: string | undefined;
}

/** What would let people in whom the provider did not vouch for. */
export function signInFaults(values: SignInValues): { name: keyof SignInValues; message: string }[] {
  const faults: { name: keyof SignInValues; message: string }[] = [];
  if (values.OIDC_ID_TOKEN_ALG?.startsWith("HS") && values.OIDC_CLIENT_SECRET.length < 32)
    faults.push({
      name: "OIDC_CLIENT_SECRET",
      message:
        "must have 32 characters at least where OIDC_ID_TOKEN_ALG is HS256 or its like: it is the key of the ID tokens then",
    });
  if (!isSharedEntraIssuer(values.OIDC_ISSUER)) return faults;
  const shared = "while OIDC_ISSUER is Entra's for people of every tenant (common, organizations, consumers)";
  if (values.OIDC_TRUST_EMAIL)
    faults.push({
      name: "OIDC_TRUST_EMAIL",
      message: `must not be on ${shared}: whoever administers any tenant writes what e-mail its people have`,
    });
  for (const name of ["STAFF_GROUP", "STAFF_SECURITY_GROUP"] as const)
    if (values[name].length > 0)
      faults.push({
        name,
        message: `must not be set ${shared}: whoever administers any tenant says who has which group or role there. Use your own tenant's issuer`,
      });
  if (values.CUSTOMER_CLAIM && values.CUSTOMER_CLAIM !== "tid")
    faults.push({
      name: "CUSTOMER_CLAIM",
      message: `must be tid or absent ${shared}: every other claim is what a tenant's own administrator writes`,
    });
  return faults;
}

const entraHosts =
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|login\.microsoft\.com|(login|sts)\.windows\.net)\.?$/;
/** The last one is the tenant of personal accounts, `consumers` by another name. */
const entraShared = /^\/+(common|organizations|consumers|9188040d-6c67-4b5b-b112-36a304b66dad)(\/|$)/i;

/** @see {@link https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri} */
export function isSharedEntraIssuer(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  return entraHosts.test(hostname) && entraShared.test(pathname);
}
