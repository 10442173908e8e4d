import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AwsError } from "../service";
import type { Store } from "../store";

/** Claims as a provider signs them, beyond its own name and the token's times. */
const claims = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export const tokenRequest = z.strictObject({
  /** Host and path of the provider, as its ARN in IAM names it, such as `token.actions.githubusercontent.com`. */
  issuer: z.string().regex(/^([\w-]+\.)+[a-z]+(\/\S*)?$/i),
  claims: claims.and(z.object({ sub: z.string(), aud: z.string() })),
  /** Seconds. */
  expiresIn: z.int().min(-86_400).max(86_400).optional(),
});
export type TokenRequest = z.input<typeof tokenRequest>;

const payload = z.object({ iss: z.string(), exp: z.number(), claims: claims });

export interface WebIdentity {
  issuer: string;
  claims: z.output<typeof claims>;
}

/** Stands for an identity provider: signs whatever claims it is given. The key is the sandbox's own, and kept with its state. */
export function issueToken(request: TokenRequest, { store, now }: { store: Store; now: Date }): string {
  const { issuer, claims, expiresIn = 300 } = tokenRequest.parse(request);
  const exp = Math.floor(now.getTime() / 1000) + expiresIn;
  const body = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ iss: `https://${issuer}`, exp, claims })}`;
  return `${body}.${signatureOf(body, store)}`;
}

/** Reads a token that `issueToken` made; those of real providers are refused. */
export function readToken(token: string, { store, now }: { store: Store; now: Date }): WebIdentity {
  const [header = "", middle = "", signature = ""] = token.split(".");
  const expected = Buffer.from(signatureOf(`${header}.${middle}`, store));
  const actual = Buffer.from(signature);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    const own = "The sandbox takes only tokens of its own, from POST /_sandbox/web-identity.";
    throw new AwsError("InvalidIdentityToken", own);
  }
  const { iss, exp, claims } = payload.parse(JSON.parse(Buffer.from(middle, "base64url").toString()));
  if (exp * 1000 <= now.getTime()) throw new AwsError("ExpiredTokenException", "Token expired");
  return { issuer: iss.replace(/^https:\/\//, ""), claims };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signatureOf(body: string, store: Store): string {
  const { key } = store.slice("web-identity", () => ({ key: randomBytes(32).toString("hex") }));
  return createHmac("sha256", key).update(body).digest("base64url");
}
