import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { createPortalClient } from "./client";
import type { PortalError } from "./portal-error";
import type { PortalClientOptions } from "./transport";

const apiKey = `ck_${"k".repeat(43)}`;

interface Asked {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage["headers"];
  body: unknown;
}
type Answer = (response: ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What stands for a portal: it answers one request after the other as it is told, and the last way for ever. */
async function portalThat(...answers: Answer[]) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    asked.push({ method: request.method, path: request.url, headers: request.headers, body: text && JSON.parse(text) });
    (answers[asked.length - 1] ?? answers.at(-1))?.(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Answer =>
  json({ status, code, detail: `It is ${code}.`, request_id: "request-1", try_again: false, ...more }, status, headers);
const busy = problem(503, "unavailable", { try_again: true });
const lost: Answer = (response) => response.destroy();

const slept: number[] = [];
function clientOf(url: string, options: Partial<PortalClientOptions> = {}) {
  slept.length = 0;
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  return createPortalClient({ url, apiKey, sleep, jitter: () => 0, ...options });
}

const failure = (call: Promise<unknown>): Promise<PortalError> =>
  call.then(
    (answer) => Promise.reject(new Error(`It was answered: ${JSON.stringify(answer)}`)),
    (error) => error,
  );

describe("a call that cannot be answered at once", () => {
  test("is sent again when it reads, and also after an answer was lost", async () => {
    const { url, asked } = await portalThat(busy, lost, json({ id: "a" }));
    expect(await clientOf(url).connections.get("a")).toEqual({ id: "a" });
    expect(asked).toHaveLength(3);
  });

  test("is sent again when it writes, by one idempotency key, and the next write has another", async () => {
    const { url, asked } = await portalThat(lost, busy, json({ id: "a" }));
    const portal = clientOf(url);
    await portal.connections.pause("a");
    await portal.connections.pause("a");
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[3]).not.toBe(keys[0]);
    await portal.connections.pause("a", { idempotencyKey: "mine" });
    expect(asked.at(-1)?.headers["idempotency-key"]).toBe("mine");
  });

  test("waits as long as the portal says, and not at all where that is beyond its deadline", async () => {
    const limited = (seconds: string) => problem(429, "rate-limited", { try_again: true }, { "retry-after": seconds });
    const soon = await portalThat(limited("3"), json({ id: "a" }));
    await clientOf(soon.url).connections.get("a");
    expect(slept).toEqual([3_000]);
    const late = await portalThat(limited("31"));
    expect(await failure(clientOf(late.url).connections.get("a"))).toMatchObject({
      code: "rate-limited",
      retryAfterSeconds: 31,
      tryAgain: true,
    });
    expect(late.asked).toHaveLength(1);
  });

  test("ends with its deadline, with what was answered last", async () => {
    const { url, asked } = await portalThat(busy);
    let now = 0;
    const sleep = async (milliseconds: number) => {
      now += milliseconds;
    };
    const options = { clock: () => new Date(now), sleep, deadlineMs: 2_000 };
    expect(await failure(clientOf(url, options).connections.get("a"))).toMatchObject({
      code: "unavailable",
      status: 503,
    });
    expect(now).toBeLessThan(2_000);
    expect(asked.length).toBeGreaterThan(2);
  });

  test("is given up when nothing comes, also by a fetch that heeds no signal", async () => {
    const never = () => new Promise<Response>(() => {});
    const portal = clientOf("http://127.0.0.1:9", { fetch: never, timeoutMs: 20, deadlineMs: 1 });
    expect(await failure(portal.connections.get("a"))).toMatchObject({ code: "portal-unavailable", tryAgain: true });
  });

  test("stops with the signal that was passed", async () => {
    const { url } = await portalThat(() => {});
    const controller = new AbortController();
    const call = failure(clientOf(url).connections.get("a", { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ code: "aborted", tryAgain: false });
  });

  test.each([
    ["a problem that stays", problem(409, "conflict"), "conflict"],
    ["a fault of the caller", problem(400, "invalid-input", { fields: { name: "Too long." } }), "invalid-input"],
  ])("is not sent again for %s, which is told with the request's ID", async (_what, answer, code) => {
    const { url, asked } = await portalThat(answer);
    const error = await failure(clientOf(url).connections.pause("a"));
    expect(error).toMatchObject({ name: "PortalError", code, message: `It is ${code}.`, requestId: "request-1" });
    expect(error.fields).toEqual(code === "invalid-input" ? { name: "Too long." } : undefined);
    expect(asked).toHaveLength(1);
  });
});

describe("what answers in the portal's place", () => {
  test("gets no key by leading elsewhere", async () => {
    const thief = await portalThat(json({}));
    const { url } = await portalThat((response) => response.writeHead(307, { location: thief.url }).end());
    expect(await failure(clientOf(url).connections.get("a"))).toMatchObject({ code: "answer-invalid", status: 307 });
    expect(thief.asked).toEqual([]);
  });

  test("cannot fill the memory", async () => {
    let sent = 0;
    const { url } = await portalThat((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(" ".repeat(65_536))) sent += 65_536;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(await failure(clientOf(url).connections.get("a"))).toMatchObject({ code: "answer-invalid" });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test.each([
    ["a page", 200, "answer-invalid", false],
    ["a page that is not found", 404, "answer-invalid", false],
    ["a gateway's failure", 502, "portal-unavailable", true],
  ])("is told from the portal: %s", async (_what, status, code, tryAgain) => {
    const { url } = await portalThat((response) => response.writeHead(status).end("<html>secret words</html>"));
    const error = await failure(clientOf(url, { deadlineMs: 1 }).connections.get("a"));
    expect(error).toMatchObject({ code, status, tryAgain });
    expect(inspect(error)).not.toContain("secret words");
  });

  test("cannot keep a list going by leading back to the same page", async () => {
    const { url } = await portalThat(json({ data: [{ id: "a" }], next_cursor: "again" }));
    const read = async () => {
      for await (const _one of clientOf(url).connections.list());
    };
    expect(await failure(read())).toMatchObject({ code: "answer-invalid" });
  });
});

test("a list is read to its end, a page after the other, or by one page", async () => {
  const { url, asked } = await portalThat(
    json({ data: [{ id: "a" }, { id: "b" }], next_cursor: "n/1" }),
    json({ data: [{ id: "c" }], next_cursor: null }),
  );
  const list = clientOf(url).connections.list({ customer: "a&b", limit: 2 });
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(asked.map(({ path }) => path)).toEqual([
    "/api/v1/connections?customer=a%26b&limit=2",
    "/api/v1/connections?customer=a%26b&limit=2&cursor=n%2F1",
  ]);
  expect((await list.page("n/1")).data).toEqual([{ id: "c" }]);
});

test("a verification is followed to its end", async () => {
  const run = (state: string, outcome: string | null = null) => json({ id: "v", state, outcome });
  const { url, asked } = await portalThat(run("running"), run("running"), run("finished", "proven"));
  const seen: string[] = [];
  const done = await clientOf(url).connections.verify("a", {}, { onProgress: ({ state }) => seen.push(state) });
  expect(done).toMatchObject({ state: "finished", outcome: "proven" });
  expect(seen).toEqual(["running", "running", "finished"]);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /api/v1/connections/a/verifications",
    "GET /api/v1/verifications/v",
    "GET /api/v1/verifications/v",
  ]);
  const endless = await portalThat(run("running"));
  const waiting = clientOf(endless.url).connections.verify("a", {}, { waitMs: 0 });
  expect(await failure(waiting)).toMatchObject({ code: "verification-unfinished", tryAgain: true });
});

test.each(["", ".", "..", "\ud800"])("the ID %j leads to no other route", async (id) => {
  const { url, asked } = await portalThat(json({}));
  expect(await failure(clientOf(url).connections.pause(id))).toMatchObject({ code: "input-invalid" });
  expect(asked).toEqual([]);
});

test("what is in an ID stays one part of the path", async () => {
  const { url, asked } = await portalThat(json({}));
  await clientOf(url).connections.get("../a?b#c/d");
  expect(asked[0]?.path).toBe("/api/v1/connections/..%2Fa%3Fb%23c%2Fd");
});

test.each([
  "http://portal.example",
  "ftp://portal.example",
  "https://name:word@portal.example",
  "https://p.example?a",
  "",
  7,
])("no key is sent to %j", (url) => {
  expect(() => createPortalClient({ url: url as string, apiKey })).toThrow(
    expect.objectContaining({ name: "CrossAccountError", code: "config-invalid" }),
  );
});

test("a portal below a path, or by http where that was allowed, is taken", async () => {
  const seen: string[] = [];
  const fetch = async (address: string | URL | Request) => {
    seen.push(String(address));
    return Response.json({});
  };
  await createPortalClient({ url: "http://portal.svc/below/", apiKey, allowHttp: true, fetch }).template.get();
  expect(seen).toEqual(["http://portal.svc/below/api/v1/template"]);
});

describe("the API key", () => {
  test("is asked for before each request, and its line end is not sent", async () => {
    const { url, asked } = await portalThat(json({}));
    const keys = ["ck_first\n", "ck_second"];
    const portal = clientOf(url, { apiKey: async () => keys.shift() ?? "" });
    await portal.template.get();
    await portal.template.get();
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer ck_first", "Bearer ck_second"]);
  });

  test.each([
    { detail: `Bearer ${apiKey}` },
    { request_id: apiKey },
    { fields: { authorization: apiKey } },
    { code: apiKey },
  ])("is in no error where what answers quotes it: %j", async (quoting) => {
    const { url } = await portalThat(problem(400, "invalid-input", quoting));
    const error = await failure(clientOf(url).template.get());
    expect(error).toMatchObject({ code: "answer-invalid", status: 400 });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("kkkk");
  });

  const telling = {
    fetch: async (_: unknown, sent?: RequestInit) => Promise.reject(Object.assign(new Error("no"), { sent })),
  };
  test.each<[string, Partial<PortalClientOptions>]>([
    ["a fetch that throws what it was given", telling as Partial<PortalClientOptions>],
    ["a machine that is not there", {}],
    ["a key of two lines", { apiKey: `${apiKey}\n${apiKey}` }],
    ["a key that is bytes", { apiKey: Buffer.from(apiKey) as unknown as string }],
    ["a secret store that fails", { apiKey: () => Promise.reject(new Error(apiKey)) }],
  ])("is in no error: %s", async (_what, options) => {
    const portal = clientOf("http://127.0.0.1:9", { deadlineMs: 1, ...options });
    const error = await failure(portal.connections.pause("a"));
    const everything = inspect([error, portal], { depth: 20, showHidden: true }) + JSON.stringify(error) + error.stack;
    expect(error.message).toMatch(/\w\.$/);
    expect(everything).not.toContain("kkkk");
  });
});
