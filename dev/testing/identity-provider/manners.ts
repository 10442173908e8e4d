import type { Algorithm } from "./signature";

export type Claims = Record<string, unknown>;

/** What a directory knows of somebody, before a provider tells it in its own way. */
export interface DirectoryPerson {
  subject: string;
  name: string;
  email: string;
  groups: string[];
  customer?: string;
}

/** How one product tells who signs in. */
export interface Manners {
  /** What its issuer has behind the host name; "/" is a slash at the end. */
  issuerPath: string;
  algorithm: Algorithm;
  /** What its discovery document says besides or in place of the usual. */
  discovery?: Claims;
  /** How a client may show its secret at the token endpoint. */
  clientAuthentication: readonly ("client_secret_basic" | "client_secret_post")[];
  idToken: (person: DirectoryPerson, scopes: readonly string[]) => Claims;
  /** A number is the status with which it refuses. */
  userinfo: (person: DirectoryPerson, scopes: readonly string[]) => Claims | number;
}
