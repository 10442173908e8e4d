import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Configuration, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { type DemoPerson, demoPeople } from "../../../prisma/demo-people";
import { choosePersonPage } from "./choose-person-page";

export interface ProviderOptions {
  port: number;
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  /** Name of the claim that says whose member a person is. */
  customerClaim: string;
}

export interface RunningProvider {
  issuer: string;
  close(): Promise<void>;
}

const scope = "openid email profile";

/** An OpenID provider for one machine: authorization code with PKCE, people without passwords, everything in memory. */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const server = createServer();
  const port = await listen(server, options.port);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, configuration(options));
  const answer = provider.callback();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith("/auth")) forgetSession(request);
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    return interact(provider, request, response).catch(() => {
      response
        .writeHead(400, { "content-type": "text/plain" })
        .end("This sign-in is over. Go back and start it again.");
    });
  });
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function configuration(options: ProviderOptions): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: options.redirectUris,
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "local" }] },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    pkce: { required: () => true },
    claims: { email: ["email", "email_verified"], profile: ["name", "groups", options.customerClaim] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => account(id, options.customerClaim),
    loadExistingGrant: grantEverything,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 3600, Session: 3600 },
  };
}

function account(subject: string, customerClaim: string) {
  const person = demoPeople.find((candidate) => candidate.subject === subject);
  if (!person) return undefined;
  const { name, email, groups, customer } = person;
  const claims = {
    sub: subject,
    name,
    email,
    email_verified: true,
    groups,
    ...(customer && { [customerClaim]: customer }),
  };
  return { accountId: subject, claims: () => claims };
}

async function grantEverything(context: KoaContextWithOIDC) {
  const { provider, client, session } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(scope);
  await grant.save();
  return grant;
}

/** No one is remembered: each sign-in asks who it is, and may be another person's than the last one in this browser. */
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split("; ") ?? [];
  request.headers.cookie = cookies.filter((cookie) => !cookie.startsWith("_session")).join("; ");
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
    });
    response.end(choosePersonPage(demoPeople, request.url ?? ""));
    return;
  }
  const person = await chosenPerson(request);
  if (!person) throw new Error("no one was chosen");
  await provider.interactionFinished(request, response, { login: { accountId: person.subject, remember: false } });
}

async function chosenPerson(request: IncomingMessage): Promise<DemoPerson | undefined> {
  let body = "";
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 1_000) return undefined;
  }
  const subject = new URLSearchParams(body).get("person");
  return demoPeople.find((person) => person.subject === subject);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
