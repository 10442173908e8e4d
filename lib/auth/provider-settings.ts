import type { Env } from "@/lib/env";

export type ProviderSettings = Pick<
  Env,
  "OIDC_ISSUER" | "OIDC_CLIENT_ID" | "OIDC_CLIENT_SECRET" | "OIDC_SCOPE" | "OIDC_TIMEOUT_MS" | "OIDC_ID_TOKEN_ALG"
>;
