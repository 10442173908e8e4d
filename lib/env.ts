import "server-only";
import { z } from "zod";
import { databaseAddress } from "./database-address";
import { encryptionKeys } from "./encryption-keys";
import { baseUrl, idTokenAlgorithm, isSafeAddress, issuerAddress, scope, signInFaults } from "./sign-in-settings";
import { staffEmails, staffGroups, staffWarnings } from "./staff-names";

const account = z.string().regex(/^\d{12}$/, "must be a 12-digit AWS account ID");
const wholeNumber = () => z.coerce.number("must be a whole number").int("must be a whole number");
const seconds = wholeNumber().min(900, "must be at least 900 seconds").max(3600, "must be at most 3600 seconds");

/** The SDK refuses every request where one of its switches is written otherwise. */
const trueOrFalse = z.enum(["true", "false"], "must be true or false, in small letters");
const proxyAddress = z.string().refine(isProxyAddress, "must be an address such as http://proxy.example:3128");

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    BASE_URL: baseUrl,
    DATABASE_URL: databaseAddress,
    /** Straight to the database, where DATABASE_URL leads through a pooler that gives each transaction another connection. */
    DATABASE_LISTEN_URL: databaseAddress.optional(),
    CROSSACCOUNT_AWS: z.enum(["sandbox", "aws"]),
    AWS_ENDPOINT_URL: z.url().optional(),
    AWS_USE_FIPS_ENDPOINT: trueOrFalse.optional(),
    AWS_USE_DUALSTACK_ENDPOINT: trueOrFalse.optional(),
    /** Leads to every https address but those of NO_PROXY: AWS and the OpenID provider. */
    HTTPS_PROXY: proxyAddress.optional(),
    https_proxy: proxyAddress.optional(),
    NO_PROXY: z.string().optional(),
    no_proxy: z.string().optional(),
    AUTH_SECRET: z.string().min(32, "must have 32 characters at least, from a random source"),
    OIDC_ISSUER: issuerAddress,
    OIDC_CLIENT_ID: z.string().min(1),
    OIDC_CLIENT_SECRET: z.string().min(1),
    OIDC_SCOPE: scope.default("openid email profile"),
    /** Claim of a person's groups; a dotted path reaches into objects. */
    OIDC_GROUPS_CLAIM: z.string().min(1).default("groups"),
    /** Milliseconds that each answer of the provider may take. */
    OIDC_TIMEOUT_MS: wholeNumber()
      .min(500, "must be at least 500 milliseconds")
      .max(60_000, "must be at most 60000 milliseconds")
      .default(10_000),
    /** Takes an e-mail as the person's own where the provider says nothing about its verification. Makes nobody staff. */
    OIDC_TRUST_EMAIL: z.stringbool("must be on or off").default(false),
    /** The one algorithm of ID tokens; absent: what the discovery offers, but for HS256 and its like. */
    OIDC_ID_TOKEN_ALG: idTokenAlgorithm.optional(),
    STAFF_EMAILS: staffEmails.default([]),
    STAFF_GROUP: staffGroups.default([]),
    STAFF_SECURITY_EMAILS: staffEmails.default([]),
    STAFF_SECURITY_GROUP: staffGroups.default([]),
    CUSTOMER_CLAIM: z.string().min(1).optional(),
    KMS_KEY_ID: z.string().min(1).optional(),
    ENCRYPTION_KEYS: encryptionKeys.optional(),
    /** Off hides the REST API, its document and its pages. */
    PUBLIC_API: z.stringbool("must be on or off").default(true),
    SERVICE_NAME: z.string().min(1).optional(),
    SERVICE_ACCOUNT_ID: account.optional(),
    TEMPLATE_S3_BUCKET: z.string().min(3).optional(),
    DEFAULT_REGION: z.string().min(1).optional(),
    SESSION_DURATION: seconds.optional(),
    EXTERNAL_ID_PREFIX: z.string().min(1).optional(),
    /** How long a verification waits for a new or changed role before it believes a refusal. */
    PROPAGATION_WAIT_SECONDS: wholeNumber()
      .min(1, "must be at least 1 second")
      .max(120, "must be at most 120 seconds")
      .default(90),
    /** Audits that one worker process runs at the same time. */
    WORKER_CONCURRENCY: wholeNumber().min(1, "must be at least 1").max(200, "must be at most 200").default(10),
    /** A worker that was not heard of for so long loses its work to another one. */
    WORKER_LEASE_SECONDS: wholeNumber()
      .min(2, "must be at least 2 seconds")
      .max(3600, "must be at most 3600 seconds")
      .default(60),
    /** A worker ends so soon after SIGTERM, whatever hangs. */
    WORKER_STOP_SECONDS: wholeNumber()
      .min(5, "must be at least 5 seconds")
      .max(3600, "must be at most 3600 seconds")
      .default(45),
    /** Replaces what the config says audits may ask of STS. */
    AUDIT_STS_CALLS_PER_SECOND: z.coerce
      .number()
      .min(0.1, "must be at least 0.1")
      .max(600, "must be at most 600: AWS refuses more")
      .optional(),
    /** Access log entries older than this are pruned. */
    ACCESS_LOG_RETENTION_DAYS: wholeNumber().min(1, "must be at least 1 day").default(400),
    /** Each head of the access log is appended to this file besides the log: best on a disk that cannot be rewritten. */
    ACCESS_LOG_CHECKPOINT_FILE: z.string().min(1).optional(),
  })
  .superRefine((values, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
    if (values.CROSSACCOUNT_AWS === "sandbox" && !values.AWS_ENDPOINT_URL)
      fault("AWS_ENDPOINT_URL", "is required when CROSSACCOUNT_AWS is sandbox: the address of the sandbox");
    if (values.CROSSACCOUNT_AWS === "aws" && values.AWS_ENDPOINT_URL && !values.AWS_ENDPOINT_URL.startsWith("https://"))
      fault(
        "AWS_ENDPOINT_URL",
        "must begin with https:// when CROSSACCOUNT_AWS is aws: customers' consoles read the template there",
      );
    for (const name of ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] as const)
      if (values[name] === "true" && values.AWS_ENDPOINT_URL)
        fault(name, "must not be true beside AWS_ENDPOINT_URL: it chooses among AWS's own addresses");
    if (!values.KMS_KEY_ID && !values.ENCRYPTION_KEYS)
      fault("ENCRYPTION_KEYS", "is required unless KMS_KEY_ID is set: without a key nothing can be stored");
    for (const name of ["BASE_URL", "OIDC_ISSUER"] as const)
      if (!isSafeAddress(values[name])) fault(name, "must begin with https:// unless it is an address of this machine");
    for (const { name, message } of signInFaults(values)) fault(name, message);
  });

export type Env = z.output<typeof schema>;

function isProxyAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What leads requests through a proxy, as Node's agents take it; nothing where they go out directly. */
export function proxyEnvironment(values: Pick<Env, "HTTPS_PROXY" | "https_proxy" | "NO_PROXY" | "no_proxy">) {
  const HTTPS_PROXY = values.https_proxy ?? values.HTTPS_PROXY;
  const NO_PROXY = values.no_proxy ?? values.NO_PROXY;
  return HTTPS_PROXY ? { HTTPS_PROXY, ...(NO_PROXY ? { NO_PROXY } : {}) } : undefined;
}

/** Proxies that are not used, or not by this Node. */
export function proxyWarnings(source: Record<string, string | undefined>, node: string): string[] {
  const named = (name: string) => [name, name.toLowerCase()].find((written) => source[written]);
  const [https, http] = [named("HTTPS_PROXY"), named("HTTP_PROXY")];
  if (https && !leadsThroughProxies(node))
    return [
      `${https} is set, but Node ${node} cannot lead requests through a proxy, so they go out directly: run Node 24.5 or newer, or 22.21.`,
    ];
  if (http && !https)
    return [
      `${http} is set and HTTPS_PROXY is not, so requests to AWS and to the OpenID provider, which go by https, do not go through a proxy.`,
    ];
  return [];
}

/** https://nodejs.org/api/http.html#new-agentoptions */
function leadsThroughProxies(node: string): boolean {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

/** Reads the environment; one message names every fault at once. An empty value counts as absent. Values are never quoted. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined && issue.code !== "custom" ? `  ${name} is missing` : `  ${name} ${issue.message}`;
  });
  throw new Error(
    `The environment is not complete, so the portal does not start. Fix these and start it again:\n${faults.join("\n")}\nEach variable is described in docs/configuration.md.`,
  );
}

/** `next build` loads every module but serves no one: it needs a value of the right shape, never a real one. */
const buildEnvironment = {
  BASE_URL: "http://localhost",
  DATABASE_URL: "postgresql://localhost/build",
  CROSSACCOUNT_AWS: "aws",
  AUTH_SECRET: "-".repeat(32),
  OIDC_ISSUER: "http://localhost",
  OIDC_CLIENT_ID: "build",
  OIDC_CLIENT_SECRET: "build",
  ENCRYPTION_KEYS: `build:${Buffer.alloc(32).toString("base64")}`,
};

const building = process.env.NEXT_PHASE === "phase-production-build";

export const env: Env = readEnv(building ? { NODE_ENV: "production", ...buildEnvironment } : process.env);

/** Values that may mean something else than their author thinks. For the log, once at the start. */
export const envWarnings: readonly string[] = building
  ? []
  : [...staffWarnings(process.env), ...proxyWarnings(process.env, process.versions.node)];

// next-auth reads these two names by itself.
if (!building) {
  process.env.NEXTAUTH_URL = env.BASE_URL;
  process.env.NEXTAUTH_SECRET = env.AUTH_SECRET;
}
