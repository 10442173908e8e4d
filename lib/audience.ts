/**
 * Whom an action or a page is for. It is stated beside each of them, in words of its own and never derived from a guard: what the
 * guards do is compared with it over HTTP (e2e/access.spec.ts), so a guard that is swapped, or asks for nothing, is noticed.
 */
export type Audience =
  /** Signed in or not. */
  | "anyone"
  | "signed-in"
  /** Members of the customer that is named, viewers included. */
  | "members"
  | "admins"
  /** The vendor's, support and security. */
  | "staff"
  /** The vendor's with the role security; support is told who can. */
  | "security"
  /** Whoever has the token of a link, signed in or not. */
  | "link-holders"
  /** Whoever has an API key; no session and no link lets anyone in. */
  | "key-holders";

/** A statement for each action of a file; one that is missing is a type error. */
export type AudienceOf<Actions> = Record<keyof Actions, Audience>;
