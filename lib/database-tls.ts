/** What Node says of certificates (https://nodejs.org/api/tls.html#x509-certificate-error-codes), and pg of a server without TLS. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "The database's certificate is for another host than its address names. Write the host as the certificate does.",
  ],
  [/^CERT_HAS_EXPIRED$/, "The database's certificate has expired. Renew it, and look at this machine's clock."],
  [/^CERT_NOT_YET_VALID$/, "The database's certificate is not valid yet. Look at this machine's clock."],
  [
    /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA)/,
    "The database's certificate is not by an authority that this process knows. Name the authority's file in the address: sslrootcert=/path/to/ca.pem.",
  ],
  [
    /^The server does not support SSL connections$/,
    "The database has no TLS, and its address asks for it. Turn it on there (ssl = on), or name the database itself where a pooler without TLS stands before it.",
  ],
];

/** The database was reached, and is not trusted: nobody signed in there, and nothing was sent. */
export class DatabaseTlsError extends Error {
  override readonly name = "DatabaseTlsError";
}

/** The same error, or a sentence in its place where it is about TLS. */
export function explainTls(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = [String((error as NodeJS.ErrnoException).code ?? ""), error.message];
  const [, sentence] = sentences.find(([pattern]) => told.some((text) => pattern.test(text))) ?? [];
  return sentence ? new DatabaseTlsError(sentence, { cause: error }) : error;
}
