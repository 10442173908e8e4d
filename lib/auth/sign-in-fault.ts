/** Why a sign-in came to nothing, in words for whoever runs the portal. What the person is told follows from the code: `explain-fault.ts`. */
const operatorSentences = {
  "access-denied":
    "The provider did not let the person in, or they cancelled: look there at who may use this application.",
  "provider-refused":
    "The provider refused the sign-in as it was asked for. Compare OIDC_CLIENT_ID, OIDC_SCOPE and the redirect address <BASE_URL>/api/auth/callback/oidc with what is set there.",
  "provider-busy": "The provider says that it cannot sign anyone in at the moment.",
  "sign-in-lost":
    "The sign-in was begun in another browser or longer than 15 minutes ago, or its code was used already. Where everyone meets this, cookies do not come back: BASE_URL must be the address that people see.",
  "provider-unreachable":
    "The provider's discovery document or one of the addresses in it cannot be read. Open <OIDC_ISSUER>/.well-known/openid-configuration from this machine.",
  "provider-slow": "The provider did not answer within OIDC_TIMEOUT_MS.",
  "client-refused":
    "The provider does not accept OIDC_CLIENT_ID with OIDC_CLIENT_SECRET: the secret may have expired, or have been copied in part (Entra: the secret's value, not its ID).",
  "code-refused":
    "The provider did not exchange the code for tokens. Compare the redirect address <BASE_URL>/api/auth/callback/oidc with what is set there.",
  "token-refused":
    "The provider's ID token is not valid for this portal: compare OIDC_ISSUER and OIDC_CLIENT_ID with it, look at this machine's clock, and at OIDC_ID_TOKEN_ALG where it is signed by HS256.",
  "another-person":
    "The userinfo answer names another subject than the ID token, or none: it may be about someone else, so nobody is signed in. OpenID Connect demands the same sub in both; the provider must be repaired.",
  "unreadable-person": "The provider named no issuer or subject that can be stored.",
  "not-recorded": "The sign-in could not be recorded: see the cause.",
} as const;

export type SignInFaultCode = keyof typeof operatorSentences;

export class SignInFault extends Error {
  override readonly name = "SignInFault";

  constructor(
    readonly code: SignInFaultCode,
    options?: { cause?: unknown; detail?: string | undefined },
  ) {
    super(options?.detail ? `${operatorSentences[code]} (${options.detail})` : operatorSentences[code], {
      cause: options?.cause,
    });
  }
}

export function isSignInFaultCode(code: string): code is SignInFaultCode {
  return Object.hasOwn(operatorSentences, code);
}

/** Error codes of OAuth and OpenID Connect, as a provider appends them to the address by which the browser comes back. */
const answers: Record<string, SignInFaultCode> = {
  access_denied: "access-denied",
  consent_required: "access-denied",
  interaction_required: "access-denied",
  login_required: "access-denied",
  account_selection_required: "access-denied",
  server_error: "provider-busy",
  temporarily_unavailable: "provider-busy",
};

/** What the provider sent the browser back with. Anyone can write such an address, so only a known word of it is repeated. */
export function faultOfAnswer(error: string): SignInFault {
  const detail = /^[a-z_]{1,40}$/.test(error) ? error : "an error code that is none";
  return new SignInFault((Object.hasOwn(answers, error) && answers[error]) || "provider-refused", { detail });
}

/** What went wrong while the provider was asked something. */
export function faultOfRequest(error: unknown, otherwise: SignInFaultCode): SignInFault {
  if (error instanceof SignInFault) return error;
  const {
    code,
    error: oauth,
    response,
  } = (error ?? {}) as { code?: unknown; error?: unknown; response?: { statusCode?: number } };
  const status = response?.statusCode ?? 200;
  if (oauth === "invalid_client" || oauth === "unauthorized_client" || status === 401)
    return new SignInFault("client-refused", { cause: error, detail: `status ${status}` });
  if (status >= 500) return new SignInFault("provider-busy", { cause: error, detail: `status ${status}` });
  if (error instanceof Error && /\btimed out\b/.test(error.message))
    return new SignInFault("provider-slow", { cause: error });
  if (typeof code === "string") return new SignInFault("provider-unreachable", { cause: error, detail: code });
  return new SignInFault(otherwise, {
    cause: error,
    detail: typeof oauth === "string" && /^[a-z_]{1,40}$/.test(oauth) ? oauth : undefined,
  });
}

/** @throws SignInFault `provider-slow`; what was begun goes on unheard. */
export async function withinTime<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SignInFault("provider-slow")), milliseconds);
  });
  try {
    return await Promise.race([work, slow]);
  } finally {
    clearTimeout(timer);
  }
}
