import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
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
/** Keys are bound to so many requests a minute in each process, so each is used for fewer and then the next one. */
const REQUESTS_OF_A_KEY = 2_500;
const KEYS = 200;
const MIX_PER_SECOND = 200;
const MIX_SECONDS = 60;

/** A request, made anew each time that one is sent. */
interface Call {
  method: string;
  path: string;
  key?: string;
  body?: object;
}

/**
 * What the API costs over bare routes of Next that do the least of the same with the same database client. All of them are asked in
 * turn, so that whatever else the machine does meets all.
 */
const benchmark: Benchmark = {
  name: "api",
  async run() {
    await buildOnce((text) => process.stderr.write(`${text}\n`));
    await buildBare();
    const portal = await startPortal({ logLevel: "error" });
    await prepareSandbox(process.env, config);
    const servers = [await startNext("portal", []), await startNext("bare", ["bench/bare"])] as const;
    const [api, bare] = servers.map(({ address }) => address) as [string, string];
    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    try {
      const { ids, nextKey } = await prepare(portal);
      const next = inTurn(ids);
      const cases = [
        { name: "bare row", address: bare, call: () => ({ method: "GET", path: `/row/${next()}` }) },
        { name: "read", address: api, call: () => read(next(), nextKey()) },
        { name: "bare insert", address: bare, call: () => ({ method: "POST", path: `/insert/${next()}` }) },
        { name: "credentials", address: api, call: () => credentials(next(), nextKey()) },
      ];
      const speeds = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
      for (const { address, call } of cases) await load(() => send(agent, address, call()), WARM_UP_MS);
      for (let round = 0; round < ROUNDS; round += 1)
        for (const { name, address, call } of cases)
          speeds.get(name)?.push(await load(() => send(agent, address, call()), MEASURED_MS));
      const results: BenchmarkResult[] = cases.map(({ name }) => ({
        case: name,
        requests_per_second: Math.round(median(speeds.get(name) ?? [])),
      }));
      const speedOf = (name: string) => median(speeds.get(name) ?? []);
      const mix = await mixed((call) => send(agent, api, call), { next, nextKey });
      return {
        results: [...results, { case: "mix", ...mix }],
        ratios: {
          read_vs_bare: ratio(speedOf("read"), speedOf("bare row")),
          credentials_vs_bare: ratio(speedOf("credentials"), speedOf("bare insert")),
          p99_ms: mix.p99_ms,
        },
      };
    } finally {
      agent.destroy();
      for (const server of servers) await server.stop();
      await portal.stop();
    }
  },
};

export default benchmark;

const read = (id: string, key: string): Call => ({ method: "GET", path: `/api/v1/connections/${id}`, key });
const list = (key: string): Call => ({ method: "GET", path: "/api/v1/connections?limit=20", key });
const rename = (id: string, key: string): Call => ({
  ...{ method: "PATCH", path: `/api/v1/connections/${id}`, key },
  body: { name: `Renamed ${Math.floor(performance.now())}` },
});
const credentials = (id: string, key: string): Call => ({
  ...{ method: "POST", path: `/api/v1/connections/${id}/credentials`, key },
  body: { purpose: "bench" },
});

/** 200 requests a second, each sent at its time whether or not those before were answered: 70 % reads, 20 % lists, 10 % renames. */
async function mixed(
  ask: (call: Call) => Promise<void>,
  { next, nextKey }: { next: () => string; nextKey: () => string },
): Promise<{ requests: number; p50_ms: number; p99_ms: number }> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const begun = performance.now();
  for (let sent = 0; sent < MIX_PER_SECOND * MIX_SECONDS; sent += 1) {
    const due = begun + (sent * 1_000) / MIX_PER_SECOND;
    if (due > performance.now()) await delay(due - performance.now());
    const kind = sent % 10;
    const key = nextKey();
    const call = kind < 7 ? read(next(), key) : kind < 9 ? list(key) : rename(next(), key);
    // Counted from when it was due, so that a sender who is late counts too.
    running.push(ask(call).then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(running);
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 10) / 10;
  return { requests: times.length, p50_ms: at(0.5), p99_ms: at(0.99) };
}

function load(call: () => Promise<unknown>, milliseconds: number): Promise<number> {
  return throughput(call, { callers: AT_ONCE, milliseconds, callsBetweenLooks: 1 });
}

function ratio(one: number, other: number): number {
  return Math.round((one / other) * 1_000) / 1_000;
}

function inTurn<T>(all: readonly T[], times = 1): () => T {
  let given = 0;
  return () => {
    const one = all[Math.floor(given / times) % all.length];
    given += 1;
    if (one === undefined) throw new Error("There is nothing to take in turn");
    return one;
  };
}

/** Sends a request, whose answer must be a success: a refusal is quickly made. */
function send(agent: Agent, address: string, { method, path, key, body }: Call): Promise<void> {
  return new Promise((settle, fail) => {
    const headers = {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body && { "content-type": "application/json" }),
    };
    const asked = request(`${address}${path}`, { method, agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? settle() : fail(new Error(`${method} ${path} answers ${answer.statusCode}`)),
      );
      answer.on("error", fail);
    });
    asked.on("error", fail);
    asked.end(body && JSON.stringify(body));
  });
}

function buildBare(): Promise<void> {
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn("node_modules/.bin/next", ["build", "bench/bare"], { env: environment, stdio: "pipe" });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((settle, fail) => {
    child.once("error", fail);
    child.once("exit", (code) =>
      code === 0 ? settle() : fail(new Error(`The bare routes could not be built\n${output}`)),
    );
  });
}

async function startNext(name: string, folder: string[]): Promise<LocalProcess & { address: string }> {
  const port = await freePort();
  const server = start(
    name,
    ["node_modules/.bin/next", "start", ...folder, "-H", "127.0.0.1", "-p", String(port)],
    { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_OPTIONS: "" },
    (line) => {
      if (/"level":"(error|fatal)"/.test(line)) process.stderr.write(`${line}\n`);
    },
  );
  const address = `http://127.0.0.1:${port}`;
  await untilAnswers(
    name === "portal" ? `${address}/api/health/ready` : `${address}/row/00000000-0000-4000-8000-000000000000`,
    server,
  );
  return { ...server, address, stop: stoppable(server.stop) };
}

/** A customer with 20 connections whose roles work, and keys of that customer. */
async function prepare(portal: BenchPortal): Promise<{ ids: string[]; nextKey: () => string }> {
  await portal.seed(CONNECTIONS);
  const [{ db }, { createApiKey }] = await Promise.all([import("../lib/db"), import("../lib/api-keys/create-api-key")]);
  const scopes = ["connections:read", "connections:write", "credentials:issue"];
  const keys: string[] = [];
  for (let made = 0; made < KEYS; made += 1) {
    const wanted = { name: `Bench ${made}`, scopes, customer: "customer-0", days: 1 };
    const { key } = await createApiKey({ database: db, actor: { type: "system", id: "bench" } }, wanted, new Date());
    keys.push(key);
  }
  const rows = await db.connection.findMany({ select: { id: true } });
  return { ids: rows.map(({ id }) => id), nextKey: inTurn(keys, REQUESTS_OF_A_KEY) };
}
