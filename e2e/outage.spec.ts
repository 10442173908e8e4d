import { randomBytes } from "node:crypto";
import { freePort } from "@/dev/local/free-ports";
import { type LocalProcess, start, untilAnswers } from "@/dev/local/processes";
import { startProxy, type TestProxy } from "@/dev/testing/proxy";
import { expect, required, test } from "./fixtures/portal";

/** A portal of its own, whose database is behind a network that the test cuts. */
let portal: LocalProcess;
let network: TestProxy;
let address: string;
const lines: string[] = [];

test.beforeAll(async () => {
  network = await startProxy(required("E2E_DATABASE_URL"));
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  portal = start(
    "portal",
    ["node_modules/.bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      BASE_URL: address,
      DATABASE_URL: network.url,
      CROSSACCOUNT_AWS: "sandbox",
      AWS_ENDPOINT_URL: required("E2E_SANDBOX_URL"),
      AUTH_SECRET: randomBytes(32).toString("hex"),
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString("base64")}`,
      OIDC_ISSUER: "http://127.0.0.1:9",
      OIDC_CLIENT_ID: "unused",
      OIDC_CLIENT_SECRET: "unused",
    },
    (line) => lines.push(line),
  );
  await untilAnswers(`${address}/api/health/ready`, portal);
});

test.afterAll(async () => {
  await portal.stop();
  await network.close();
});

const ask = (path: string, headers: Record<string, string> = { accept: "text/html" }) =>
  fetch(`${address}${path}`, { headers, redirect: "manual" });

/** What was logged since the portal was ready; until then Next prints its own greeting. */
function logged(): string[] {
  return lines.slice(lines.findIndex((line) => line.startsWith("{")));
}

test("strangers' actions and addresses leave lines of JSON, of bounded size", async () => {
  for (let time = 0; time < 60; time += 1)
    await fetch(`${address}/sign-in`, {
      method: "POST",
      headers: { "next-action": "f".repeat(4_000), "content-type": "text/plain", origin: "https://elsewhere.test" },
      body: "[]",
    });
  await ask("/c/%ff/connections");
  const written = logged();
  expect(written.length).toBeGreaterThan(0);
  expect(written.filter((line) => !isJson(line))).toEqual([]);
  expect(written.join("\n").length).toBeLessThan(100_000);
});

test("an address that is no text is refused like any other, with the headers of every answer", async () => {
  for (const path of ["/c/%ff/connections", "/c/%c0%80/people", "/staff/connections/%ff", "/%ff"]) {
    const answer = await ask(path);
    expect(answer.status, path).toBeLessThan(500);
    expect(answer.status, path).toBeGreaterThanOrEqual(300);
    expect(answer.headers.get("x-content-type-options"), path).toBe("nosniff");
  }
});

test("while the database says nothing, pages and routes are 503 and say when to come back; the log stays small", async () => {
  expect((await ask("/sign-in")).status).toBe(200);
  const before = lines.length;
  network.hush();
  await expect.poll(async () => (await ask("/sign-in")).status, { timeout: 20_000 }).toBe(503);
  const began = performance.now();
  for (let time = 0; time < 20; time += 1) {
    const page = await ask("/c/acme/connections");
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("10");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("tries again by itself");
  }
  const ready = await ask("/api/health/ready");
  expect(ready.status).toBe(503);
  expect(ready.headers.get("retry-after")).toBe("10");
  const written = lines.slice(before);
  expect(written.filter((line) => !isJson(line))).toEqual([]);
  const seconds = (performance.now() - began) / 1_000;
  expect(written.length).toBeLessThan(5 + seconds);
  network.recover();
  await expect.poll(async () => (await ask("/sign-in")).status, { timeout: 20_000 }).toBe(200);
});

test("SIGTERM ends the portal by its own hand", async () => {
  process.kill(portal.pid ?? 0, "SIGTERM");
  expect(await portal.exited).toBe(143);
});

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
