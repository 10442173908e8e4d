import type { TrustStatement } from "./document";
import type { TrustReader } from "./openings";

export interface TrustExpectation extends TrustReader {
  /** Identities of the vendor that the template names; none: it names the account. */
  trustedPrincipalArns: readonly string[];
}

/** What the statements of one trust policy are judged by. */
export interface TrustSubject extends TrustExpectation {
  statements: readonly TrustStatement[];
  admitsVendor: boolean;
}
