import { GetRoleCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, stsOf } from "../testing/clients";
import type { FaultRule } from "./rule";

const vendor = "123456789012";
const customer = "111122223333";

let sandbox: RunningSandbox;
let clock: Date;
let waited: number[];

beforeAll(async () => {
  sandbox = await createSandbox({
    now: () => clock,
    wait: async (ms) => {
      waited.push(ms);
    },
  });
});
beforeEach(() => {
  clock = new Date();
  waited = [];
  sandbox.reset();
});
afterAll(() => sandbox.close());

/** The SDK tries only once, and signs by the time of the machine. */
const admin = (account = vendor, region?: string) => ({
  ...administratorOf(account, sandbox.url, region),
  maxAttempts: 1,
});
const identify = (settings = admin()) => stsOf(settings).send(new GetCallerIdentityCommand({}));
const works = (work: Promise<unknown>) => expect(work).resolves.toBeDefined();

describe("each kind of fault as the SDK sees it", () => {
  test("latency comes before success, and adds up", async () => {
    sandbox.faults.set([
      { kind: "latency", ms: 50 },
      { kind: "latency", ms: 200, service: "sts" },
    ]);
    expect((await identify()).Account).toBe(vendor);
    expect(waited).toEqual([50, 200]);
  });

  test.each<[string, FaultRule, string, string, number]>([
    ["throttling", { kind: "throttle" }, "Throttling", "Rate exceeded", 400],
    ["an outage", { kind: "outage" }, "ServiceUnavailable", "", 503],
    ["an internal failure", { kind: "outage", status: 500 }, "InternalFailure", "", 500],
    [
      "any error",
      { kind: "error", code: "RegionDisabledException", message: "not here", status: 403 },
      "RegionDisabledException",
      "not here",
      403,
    ],
  ])("%s of STS", async (_, rule, code, text, status) => {
    sandbox.faults.set([rule]);
    await expectError(identify(), code, text, status);
  });

  test("KMS and S3 throttle and fail in their own words", async () => {
    const kms = () => new KMSClient(admin()).send(new ListKeysCommand({}));
    const s3 = () => new S3Client({ ...admin(), forcePathStyle: true }).send(new ListBucketsCommand({}));
    sandbox.faults.set([{ kind: "throttle" }]);
    await expectError(kms(), "ThrottlingException", "Rate exceeded", 400);
    await expectError(s3(), "SlowDown", "", 503);
    sandbox.faults.set([{ kind: "outage", status: 500 }]);
    await expectError(kms(), "InternalFailure", "", 500);
    await expectError(s3(), "InternalError", "", 500);
  });

  test.each<[FaultRule["kind"], FaultRule, number[]]>([
    ["drop", { kind: "drop" }, []],
    ["hang", { kind: "hang", ms: 30_000 }, [30_000]],
  ])("%s closes the connection without an answer", async (_, rule, silence) => {
    sandbox.faults.set([rule]);
    await expect(identify()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) as string });
    expect(waited).toEqual(silence);
    sandbox.faults.set([]);
    await works(identify());
  });

  test("garbage says 200: the SDK takes it for an answer without content where it expects XML", async () => {
    sandbox.faults.set([{ kind: "garbage" }]);
    expect((await identify()).Account).toBeUndefined();
    await expect(new KMSClient(admin()).send(new ListKeysCommand({}))).rejects.toBeInstanceOf(SyntaxError);
  });
});

describe("whom a rule strikes", () => {
  test.each<[string, FaultRule]>([
    ["service", { kind: "throttle", service: "sts" }],
    ["operation", { kind: "throttle", operation: "GetCallerIdentity" }],
    ["Region", { kind: "throttle", region: "us-east-1" }],
    ["caller's account", { kind: "throttle", accountId: vendor }],
  ])("only requests of its %s", async (_, rule) => {
    sandbox.faults.set([rule]);
    await expectError(identify(), "Throttling");
    const elsewhere = iamOf(admin(customer, "eu-west-1"));
    await expectError(elsewhere.send(new GetRoleCommand({ RoleName: "nobody" })), "NoSuchEntity");
  });

  test("S3 requests by their operation", async () => {
    sandbox.faults.set([{ kind: "outage", service: "s3", operation: "ListBuckets" }]);
    const s3 = new S3Client({ ...admin(), forcePathStyle: true });
    await expectError(s3.send(new ListBucketsCommand({})), "ServiceUnavailable");
  });

  test("so many times as it says, after which it is gone", async () => {
    sandbox.faults.set([{ kind: "outage", count: 2 }]);
    await expectError(identify(), "ServiceUnavailable");
    expect(sandbox.faults.list()).toEqual([{ kind: "outage", count: 1 }]);
    await expectError(identify(), "ServiceUnavailable");
    expect(sandbox.faults.list()).toEqual([]);
    await works(identify());
  });

  test("the SDK's own retries get over a few", async () => {
    sandbox.faults.set([{ kind: "outage", count: 2 }]);
    await works(identify({ ...admin(), maxAttempts: 3 }));
  });

  test("a share of them, the same ones for the same seed", async () => {
    const run = async (seed: number) => {
      sandbox.faults.set([{ kind: "throttle", probability: 0.5, seed }]);
      const outcomes: string[] = [];
      for (let round = 0; round < 12; round += 1)
        outcomes.push(
          await identify().then(
            () => "ok",
            () => "throttled",
          ),
        );
      return outcomes;
    };
    const first = await run(1);
    expect(new Set(first)).toEqual(new Set(["ok", "throttled"]));
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  test("what comes above a rate", async () => {
    sandbox.faults.set([{ kind: "throttle", rate: 2 }]);
    await works(identify());
    await works(identify());
    await expectError(identify(), "Throttling");
    clock = new Date(clock.getTime() + 1000);
    await works(identify());
  });
});

describe("/_sandbox/faults", () => {
  const send = (method: "POST" | "PATCH", body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}/_sandbox/faults`, { method, body: JSON.stringify(body), headers });
  const post = (body: unknown, headers: Record<string, string> = {}) => send("POST", body, headers);
  const list = async () => (await fetch(`${sandbox.url}/_sandbox/faults`)).json();

  test("sets, lists and clears; so does a reset", async () => {
    const rule = { kind: "drop", service: "kms" };
    expect((await post([rule])).status).toBe(204);
    expect(await list()).toEqual({ faults: [rule] });
    expect((await post([])).status).toBe(204);
    expect(await list()).toEqual({ faults: [] });
    await post([rule]);
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
    expect(await list()).toEqual({ faults: [] });
  });

  test("PATCH keeps what there is, and refuses what is no rule", async () => {
    const [rule, other] = [{ kind: "drop", service: "kms", count: 2 }, { kind: "garbage" }];
    await post([rule]);
    expect((await send("PATCH", [other])).status).toBe(204);
    expect(await list()).toEqual({ faults: [rule, other] });
    expect((await send("PATCH", [{ kind: "explode" }])).status).toBe(400);
    expect(await list()).toEqual({ faults: [rule, other] });
  });

  test.each<[string, unknown]>([
    ["no list", { kind: "drop" }],
    ["an unknown kind", [{ kind: "explode" }]],
    ["an unknown property", [{ kind: "drop", servce: "sts" }]],
    ["latency without milliseconds", [{ kind: "latency" }]],
    ["a bad account", [{ kind: "drop", accountId: "1" }]],
  ])("refuses %s and keeps the rules it has", async (_, body) => {
    await post([{ kind: "garbage" }]);
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.any(String) as string });
    expect(await list()).toEqual({ faults: [{ kind: "garbage" }] });
  });

  test("refuses web pages", async () => {
    expect((await post([], { origin: "http://127.0.0.1:3000" })).status).toBe(403);
    expect((await post([], { origin: "null" })).status).toBe(403);
  });
});

test("the request list says what was injected", async () => {
  sandbox.faults.set([
    { kind: "latency", ms: 5 },
    { kind: "drop", operation: "GetCallerIdentity", count: 1 },
  ]);
  await identify().catch(() => undefined);
  const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as { requests: unknown[] };
  expect(requests).toMatchObject([{ operation: "GetCallerIdentity", status: 0, faults: ["latency", "drop"] }]);
});
