import { demoStaff } from "../../prisma/demo-people";
import type { Part } from "./part";
import { untilAnswers } from "./processes";

export function openIdProviderPort({ operator }: Part["options"]): number {
  return Number(operator.OIDC_PORT ?? 4400);
}

/** An OpenID provider with the demo people, unless the operator named another. */
export async function startSignIn({ options, secrets, environment, programs }: Part): Promise<void> {
  const { operator } = options;
  if (operator.OIDC_ISSUER) return;
  const port = openIdProviderPort(options);
  environment.OIDC_ISSUER = `http://127.0.0.1:${port}`;
  environment.OIDC_CLIENT_ID = "crossaccount";
  environment.OIDC_CLIENT_SECRET = secrets.oidcClientSecret;
  environment.CUSTOMER_CLAIM ??= "customer";
  if (operator.STAFF_EMAILS === undefined && operator.STAFF_SECURITY_EMAILS === undefined)
    Object.assign(environment, demoStaff);
  const provider = await programs.run("openid-provider", "dev/local/openid-provider/main.ts", {
    ...environment,
    OIDC_PORT: String(port),
    OIDC_REDIRECT_URI: redirectAddress(environment.BASE_URL ?? ""),
  });
  await untilAnswers(`${environment.OIDC_ISSUER}/.well-known/openid-configuration`, provider);
}

/** As the portal writes it, however the operator wrote BASE_URL; one that is no address is the portal's to refuse. */
function redirectAddress(baseUrl: string): string {
  return URL.parse("/api/auth/callback/oidc", baseUrl)?.href ?? baseUrl;
}
