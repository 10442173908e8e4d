import { startProvider } from "./provider";

/** The OpenID provider of one machine, as `script/server` starts it. */
const { OIDC_PORT, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_REDIRECT_URI, CUSTOMER_CLAIM } = process.env;

if (!OIDC_PORT || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_REDIRECT_URI || !CUSTOMER_CLAIM) {
  throw new Error(
    "Set OIDC_PORT, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_REDIRECT_URI and CUSTOMER_CLAIM for the local OpenID provider.",
  );
}

const provider = await startProvider({
  port: Number(OIDC_PORT),
  clientId: OIDC_CLIENT_ID,
  clientSecret: OIDC_CLIENT_SECRET,
  redirectUris: [OIDC_REDIRECT_URI],
  customerClaim: CUSTOMER_CLAIM,
});
console.log(`OpenID provider ready on ${provider.issuer}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void provider.close().then(() => process.exit(0)));
}
