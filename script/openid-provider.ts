import { startProvider } from "./openid-provider/provider";

/** `tsx script/openid-provider.ts [port]`: the OpenID provider of one machine. */
const { OIDC_PORT = "4400", OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, CUSTOMER_CLAIM = "customer" } = process.env;
const { BASE_URL, OIDC_REDIRECT_URI = BASE_URL && `${BASE_URL}/api/auth/callback/oidc` } = process.env;

if (!OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_REDIRECT_URI) {
  throw new Error(
    "Set OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_REDIRECT_URI (or BASE_URL) for the local OpenID provider.",
  );
}

const provider = await startProvider({
  port: Number(process.argv[2] ?? OIDC_PORT),
  clientId: OIDC_CLIENT_ID,
  clientSecret: OIDC_CLIENT_SECRET,
  redirectUris: OIDC_REDIRECT_URI.split(","),
  customerClaim: CUSTOMER_CLAIM,
});
console.log(`OpenID provider ready on ${provider.issuer}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void provider.close().then(() => process.exit(0)));
}
