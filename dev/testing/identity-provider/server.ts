import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Claims, DirectoryPerson, Manners } from "./manners";
import { createSigner } from "./signature";

interface Client {
  id: string;
  secret: string;
  redirectUri: string;
}

/** What a provider does wrong, for as long as it is set. */
export interface Mischief {
  /** Sends the browser back with this error in place of a code. */
  refuses?: string;
  /** Never ends its answer at these paths: without a word, after the headers, a byte now and then, or as fast as it is read. */
  hangs?: { path: string; after: "nothing" | "headers" | "drops" | "floods" };
  /** Answers with this at these paths. */
  answers?: { path: string; status: number; body: unknown };
  idToken?: Claims;
  userinfo?: Claims;
  signedUserinfo?: boolean;
  /** The signed userinfo answer. */
  jwt?: string;
  discovery?: Claims;
}

export interface IdentityProvider {
  /** Bytes of an answer without end that were taken from it. */
  taken: number;
  issuer: string;
  /** Where it listens. */
  address: string;
  mischief: Mischief;
  /** How many are open to it. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

interface Grant {
  person: DirectoryPerson;
  scopes: string[];
  nonce: string | null;
  challenge: string | null;
}

/**
 * An OpenID provider over HTTP with the manners of some product: authorization code with PKCE, one client, and a page on which a person is
 * chosen by the parameter `person`.
 */
export async function startIdentityProvider(given: {
  manners: Manners;
  people: readonly DirectoryPerson[];
  client: Client;
  /** Under which it is known, where that is not where it listens. */
  origin?: string;
}): Promise<IdentityProvider> {
  const { manners, people, client } = given;
  const signer = createSigner(manners.algorithm, client.secret);
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant>();
  const mischief: Mischief = {};
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { origin = address } = given;
  const issuer = origin + manners.issuerPath;

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/keys`,
    userinfo_endpoint: `${origin}/userinfo`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [manners.algorithm],
    token_endpoint_auth_methods_supported: manners.clientAuthentication,
    ...manners.discovery,
    ...mischief.discovery,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", origin);
    if (mischief.hangs?.path === pathname) {
      if (mischief.hangs.after === "nothing") return;
      response.writeHead(200, { "content-type": "application/json" }).write("{");
      if (mischief.hangs.after === "drops") drop(response);
      if (mischief.hangs.after === "floods") flood(response);
      return;
    }
    if (mischief.answers?.path === pathname) return json(response, mischief.answers.status, mischief.answers.body);
    if (pathname === `${manners.issuerPath.replace(/\/$/, "")}/.well-known/openid-configuration`)
      return json(response, 200, discovery());
    if (pathname === "/keys") return json(response, 200, { keys: signer.keys });
    if (pathname === "/authorize") return authorize(searchParams, response);
    if (pathname === "/token") return exchange(request, response);
    if (pathname === "/userinfo") return userinfo(request, response);
    json(response, 404, {});
  }

  function drop(response: ServerResponse): void {
    const timer = setInterval(() => response.write(" "), 100);
    response.once("close", () => clearInterval(timer));
  }

  function flood(response: ServerResponse): void {
    const chunk = Buffer.alloc(256 * 1024, " ");
    while (!response.destroyed) {
      provider.taken += chunk.length;
      if (!response.write(chunk)) return void response.once("drain", () => flood(response));
    }
  }

  async function authorize(asked: URLSearchParams, response: ServerResponse): Promise<void> {
    if (asked.get("client_id") !== client.id || asked.get("redirect_uri") !== client.redirectUri)
      return json(response, 400, { error: "invalid_request" });
    const person = people.find(({ subject }) => subject === asked.get("person"));
    const back = new URL(client.redirectUri);
    back.searchParams.set("state", asked.get("state") ?? "");
    if (mischief.refuses || !person) back.searchParams.set("error", mischief.refuses ?? "access_denied");
    else {
      const code = randomBytes(16).toString("hex");
      const scopes = (asked.get("scope") ?? "").split(" ");
      codes.set(code, { person, scopes, nonce: asked.get("nonce"), challenge: asked.get("code_challenge") });
      back.searchParams.set("code", code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    if (!isClient(request, form)) return json(response, 401, { error: "invalid_client" });
    const grant = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || grant.challenge !== challenge || form.get("redirect_uri") !== client.redirectUri)
      return json(response, 400, { error: "invalid_grant" });
    const accessToken = randomBytes(16).toString("hex");
    accessTokens.set(accessToken, grant);
    const now = Math.floor(Date.now() / 1000);
    const idToken = signer.sign({
      iss: issuer,
      aud: client.id,
      iat: now,
      exp: now + 600,
      nonce: grant.nonce,
      sub: grant.person.subject,
      ...manners.idToken(grant.person, grant.scopes),
      ...mischief.idToken,
    });
    json(response, 200, { access_token: accessToken, token_type: "Bearer", expires_in: 600, id_token: idToken });
  }

  function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
    if (form.has("client_secret"))
      return (
        manners.clientAuthentication.includes("client_secret_post") &&
        form.get("client_id") === client.id &&
        form.get("client_secret") === client.secret
      );
    if (!manners.clientAuthentication.includes("client_secret_basic")) return false;
    const pair = [client.id, client.secret].map(encodeURIComponent).join(":");
    return request.headers.authorization === `Basic ${Buffer.from(pair).toString("base64")}`;
  }

  async function userinfo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const grant = accessTokens.get(request.headers.authorization?.replace("Bearer ", "") ?? "");
    const said = grant ? manners.userinfo(grant.person, grant.scopes) : 401;
    if (typeof said === "number") return json(response, said, {});
    const claims = { sub: grant?.person.subject, ...said, ...mischief.userinfo };
    if (!mischief.signedUserinfo) return json(response, 200, claims);
    response.writeHead(200, { "content-type": "application/jwt" });
    response.end(mischief.jwt ?? signer.sign({ iss: issuer, aud: client.id, ...claims }));
  }

  const provider: IdentityProvider = {
    issuer,
    address,
    taken: 0,
    mischief,
    connections: () => promisify(server.getConnections.bind(server))(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
