import { randomBytes, randomUUID } from "node:crypto";
import { Agent, get } from "node:http";
import config from "../crossaccount.config";
import { buildOnce } from "../dev/local/build";
import { freePort } from "../dev/local/free-ports";
import { prepareSandbox } from "../dev/local/prepare-sandbox";
import { type LocalProcess, start, untilAnswers } from "../dev/local/processes";
import type { Benchmark, BenchmarkResult } from "./support/benchmark";
import { stoppable } from "./support/interruption";
import { median, throughput } from "./support/measure";
import { type BenchPortal, startPortal } from "./support/portal";

const AT_ONCE = 10;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 2_000;
const ROUNDS = 5;
const CONNECTIONS = 20;
const USES = 60;

interface Page {
  name: string;
  path: string;
}

/**
 * What pages cost that people look at all day, signed in, over a route of the same build that makes one query and nothing else.
 * All of them are asked in turn, so that whatever else the machine does meets all.
 */
const benchmark: Benchmark = {
  name: "pages",
  async run() {
    await buildOnce((text) => process.stderr.write(`${text}\n`));
    const portal = await startPortal({ logLevel: "error" });
    await prepareSandbox(process.env, config);
    const server = await startServer();
    try {
      const { cookie, connectionId, verificationId } = await prepare(portal);
      const list = "/c/customer-0/connections";
      const connection = `${list}/${connectionId}`;
      const pages: Page[] = [
        { name: "bare", path: "/api/health/ready" },
        { name: "list", path: list },
        { name: "connection", path: connection },
        { name: "access log", path: `${connection}/access-log` },
        { name: "poll", path: `${connection}/verification?run=${verificationId}` },
      ];
      const figures = await measure(server.address, cookie, pages);
      const [bare, ...others] = figures;
      const over = (name: string) =>
        ratio(others.find((one) => one.case === name)?.requests_per_second, bare?.requests_per_second);
      return {
        results: figures,
        ratios: {
          list_vs_bare: over("list"),
          connection_vs_bare: over("connection"),
          access_log_vs_bare: over("access log"),
          poll_vs_bare: over("poll"),
          kb: Math.max(...figures.map(({ kb }) => kb)),
        },
      };
    } finally {
      await server.stop();
      await portal.stop();
    }
  },
};

export default benchmark;

type Figures = BenchmarkResult & { requests_per_second: number; kb: number };

async function measure(address: string, cookie: string, pages: Page[]): Promise<Figures[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const ask = (path: string) => fetchPage(`${address}${path}`, cookie, agent);
  const speeds = new Map<string, number[]>(pages.map(({ name }) => [name, []]));
  for (const { path } of pages) await load(() => ask(path), WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { name, path } of pages) speeds.get(name)?.push(await load(() => ask(path), MEASURED_MS));
  const figures: Figures[] = [];
  for (const { name, path } of pages) {
    const perSecond = Math.round(median(speeds.get(name) ?? []));
    figures.push({ case: name, requests_per_second: perSecond, kb: Math.round((await ask(path)) / 100) / 10 });
  }
  agent.destroy();
  return figures;
}

function load(call: () => Promise<unknown>, milliseconds: number): Promise<number> {
  return throughput(call, { callers: AT_ONCE, milliseconds, callsBetweenLooks: 1 });
}

function ratio(one = Number.NaN, other = Number.NaN): number {
  return Math.round((one / other) * 1_000) / 1_000;
}

/** Answers with the bytes of the answer, which must be a success: an error page is quickly made. */
function fetchPage(url: string, cookie: string, agent: Agent): Promise<number> {
  return new Promise((settle, fail) => {
    get(url, { agent, headers: { cookie, "accept-encoding": "identity" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () =>
        answer.statusCode === 200 ? settle(bytes) : fail(new Error(`${url} answers ${answer.statusCode}`)),
      );
      answer.on("error", fail);
    }).on("error", fail);
  });
}

async function startServer(): Promise<LocalProcess & { address: string }> {
  const port = await freePort();
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_OPTIONS: "" };
  const server = start(
    "portal",
    ["node_modules/.bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
    environment,
    (line) => {
      if (/"level":"(error|fatal)"/.test(line)) process.stderr.write(`${line}\n`);
    },
  );
  const address = `http://127.0.0.1:${port}`;
  await untilAnswers(`${address}/api/health/ready`, server);
  return { ...server, address, stop: stoppable(server.stop) };
}

/** A customer with 20 connections, one of them verified and used, and the session of one of its admins. */
async function prepare(portal: BenchPortal): Promise<{ cookie: string; connectionId: string; verificationId: string }> {
  await portal.seed(CONNECTIONS);
  const [{ db }, { env }, { sessionCookie }, { createSession }, { recordSignIn }, tenancy] = await Promise.all([
    import("../lib/db"),
    import("../lib/env"),
    import("../lib/auth/session-cookie"),
    import("../lib/auth/sessions"),
    import("../lib/auth/record-sign-in"),
    import("../lib/tenancy/access"),
  ]);
  const now = new Date();
  const { user } = await recordSignIn(
    db,
    {
      issuer: "https://id.test",
      subject: randomUUID(),
      email: "ana@customer.test",
      emailVerified: true,
      trustedEmail: null,
      name: "Ana Ferreira",
      groups: [],
      customers: [{ reference: "customer-0", role: "admin" }],
    },
    now,
  );
  const token = randomBytes(32).toString("base64url");
  await createSession(db, { token, userId: user.id, now });
  const access = tenancy.memberAccess(await tenancy.personOf(db, user, env), "customer-0");
  const { id: connectionId } = await db.connection.findFirstOrThrow({ where: { customerId: access.customer.id } });
  const verificationId = await verify(access, connectionId);
  await use(access.customer.id, connectionId);
  return { cookie: `${sessionCookie(env.BASE_URL).name}=${token}`, connectionId, verificationId };
}

async function verify(access: import("../lib/tenancy/access").PersonalAccess, connectionId: string): Promise<string> {
  const { startVerification } = await import("../lib/verifications/start-verification");
  const { runVerification } = await import("../lib/verifications/run-verification");
  const { verificationId } = await startVerification(access, { connectionId, expectSetup: "gone" }, new Date());
  await runVerification(verificationId);
  return verificationId;
}

/** Fills a page of the access log with what a vendor's code does. */
async function use(customerId: string, connectionId: string): Promise<void> {
  const { crossAccount } = await import("../lib/crossaccount-client/client");
  for (let made = 0; made < USES; made += 1) {
    const provider = crossAccount.assumeCustomerRole(customerId, {
      connectionId,
      purpose: `read costs of day ${made}`,
    });
    await provider();
  }
}
