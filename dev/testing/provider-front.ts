import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Claims = Record<string, unknown>;

export interface ProviderFront {
  /** What the portal is told as its issuer. */
  address: string;
  close(): Promise<void>;
}

/**
 * Another provider's way of answering, before a real one: sign-in, codes and tokens stay the real provider's, but the ID token
 * (signed again) and the userinfo answer also say what is given here. `undefined` takes a claim away, no userinfo the whole endpoint.
 */
export async function startProviderFront(
  issuer: string,
  says: { idToken: Claims; userinfo: Claims | undefined },
): Promise<ProviderFront> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const signed = (idToken: string) => {
    const [, payload = ""] = idToken.split(".");
    const claims = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims), ...says.idToken };
    const content = [{ alg: "RS256", kid: "front" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${content}.${sign("sha256", Buffer.from(content), privateKey).toString("base64url")}`;
  };

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const path = request.url ?? "";
    if (path === "/jwks")
      return { status: 200, body: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "front", use: "sig" }] } };
    const real = await fetch(issuer + path, {
      method: request.method,
      headers: {
        authorization: request.headers.authorization ?? "",
        ...(request.headers["content-type"] && { "content-type": request.headers["content-type"] }),
      },
      body: request.method === "POST" ? await text(request) : undefined,
    });
    const body = (await real.json()) as Claims;
    if (path.startsWith("/.well-known/")) {
      body.jwks_uri = `${address}/jwks`;
      body.token_endpoint = `${address}/token`;
      body.userinfo_endpoint = says.userinfo && `${address}/me`;
    }
    if (path === "/token" && typeof body.id_token === "string") body.id_token = signed(body.id_token);
    return { status: real.status, body: path === "/me" ? { ...body, ...says.userinfo } : body };
  }

  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
