import { IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { connected, connectionId, createMovedClock, customerId } from "../testing/connected-client";
import { eventually } from "../testing/eventually";
import { ACTOR_TYPES } from "../types";
import { createStatusTrust } from "./status-trust";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const unusable = { code: "connection-unusable" };

/** Hears everything until it is told otherwise. */
function createWatch() {
  const state: { number: number | null } = { number: 1 };
  return { state, hearing: () => state.number };
}

describe("a session that is kept", () => {
  test("is made once for a thousand callers at the same time", async () => {
    const { client, accessLog } = await connected(sandbox.url);
    const ask = () => client.assumeCustomerRole(customerId, { purpose: "report" })();
    const given = await Promise.all(Array.from({ length: 1_000 }, ask));
    expect(new Set(given.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
      requests: { operation: string }[];
    };
    expect(requests.filter(({ operation }) => operation === "AssumeRole")).toHaveLength(1);
    expect(accessLog.entries).toHaveLength(1);
  });

  test("is the caller's own copy", async () => {
    const { provider } = await connected(sandbox.url);
    const given = await provider()();
    const before = given.accessKeyId;
    Object.assign(given, { accessKeyId: "changed" });
    expect((await provider()()).accessKeyId).toBe(before);
  });

  test("gives way to newer ones when there are too many", async () => {
    const { provider, asked } = await connected(sandbox.url, { maxSessions: 2, watch: createWatch() });
    for (const purpose of ["first", "second", "third", "second", "third"]) await provider(purpose)();
    expect(asked()).toHaveLength(3);
    await provider("first")();
    expect(asked()).toHaveLength(4);
  });

  test("is opened in the connection's own partition only, and no other one's STS learns the external ID", async () => {
    const { client, asked } = await connected(sandbox.url);
    for (const region of ["cn-north-1", "us-gov-west-1", "moon-east-1"]) {
      const provider = client.assumeCustomerRole(customerId, { purpose: "report", region });
      await expect(provider()).rejects.toMatchObject({ code: "region-not-supported" });
    }
    expect(asked()).toEqual([]);
  });

  test.each([
    { type: "user", id: "ana" },
    { type: "__proto__", id: "ana" },
    { type: "customer", id: "" },
    { type: "customer", id: "a".repeat(201) },
    { type: "customer" },
  ])("is not given to an actor that readers of the access log would not know: %j", async (actor) => {
    const { client, accessLog } = await connected(sandbox.url);
    expect(() => client.assumeCustomerRole(customerId, { purpose: "report", actor: actor as never })).toThrow(
      expect.objectContaining({ code: "input-invalid" }),
    );
    expect(accessLog.entries).toEqual([]);
  });

  test.each(ACTOR_TYPES)("is given to every kind of actor, such as %s, and never shared with another", async (type) => {
    const { client, accessLog } = await connected(sandbox.url);
    const actor = { type, id: "one and the same" };
    const other = { type: type === "link" ? "job" : "link", id: actor.id } as const;
    for (const asking of [actor, other])
      await client.assumeCustomerRole(customerId, { purpose: "report", actor: asking })();
    expect(accessLog.entries.map((entry) => entry.actor)).toEqual([actor, other]);
  });

  test("is not asked for with a session policy that STS would not take", async () => {
    const { client } = await connected(sandbox.url);
    const sessionPolicy = { Version: "2012-10-17", Statement: [], Id: "x".repeat(2_048) };
    expect(() => client.assumeCustomerRole(customerId, { purpose: "report", sessionPolicy })).toThrow(
      expect.objectContaining({ code: "input-invalid" }),
    );
  });

  test("carries purpose and connection in its name, which the customer's CloudTrail shows", async () => {
    const { provider, accessLog } = await connected(sandbox.url);
    const sts = new STSClient({ endpoint: sandbox.url, region: "us-east-1", credentials: provider("Nightly report") });
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toMatch(/\/nightly-report-connection-1-[0-9a-f]{8}$/);
    expect(Arn?.endsWith(`/${accessLog.entries[0]?.sessionName}`)).toBe(true);
  });
});

describe("a connection's status", () => {
  test("is not read again while every change is heard", async () => {
    const { provider, reads } = await connected(sandbox.url, { watch: createWatch() });
    for (let uses = 0; uses < 50; uses += 1) await provider()();
    expect(reads.count).toBe(1);
  });

  test("is read on each use while changes may be missed", async () => {
    const watch = createWatch();
    const { provider, reads, change } = await connected(sandbox.url, { watch });
    await provider()();
    watch.state.number = null;
    const before = reads.count;
    await provider()();
    await provider()();
    expect(reads.count - before).toBe(2);
    await change({ status: "insecure" });
    await expect(provider()()).rejects.toMatchObject(unusable);
  });

  test("is read once more after a gap, for what was missed in it", async () => {
    const watch = createWatch();
    const { provider, reads, change, asked } = await connected(sandbox.url, { watch });
    await provider()();
    watch.state.number = 2;
    await provider()();
    await provider()();
    expect(reads.count).toBe(2);
    await change({ status: "paused" });
    watch.state.number = 3;
    await expect(provider()()).rejects.toMatchObject(unusable);
    expect(asked()).toHaveLength(1);
  });

  test("is believed as long as the caller of a slow storage allows, and no longer", async () => {
    const { clock, pass } = createMovedClock();
    const { provider, change } = await connected(sandbox.url, { statusMaxAgeMs: 60_000, clock });
    await provider()();
    await change({ status: "paused" });
    await provider()();
    pass(1);
    await expect(provider()()).rejects.toMatchObject(unusable);
  });
});

describe("a connection that must not be used", () => {
  test("is refused by ourselves, which the access log holds as a use", async () => {
    const { provider, change, accessLog } = await connected(sandbox.url);
    await change({ status: "insecure" });
    await expect(provider()()).rejects.toMatchObject(unusable);
    expect(accessLog.entries).toMatchObject([
      { outcome: "refused", errorCode: "connection-unusable", probe: false, sessionName: "" },
    ]);
  });

  test("gives a new session once it may be used again, not the one of before", async () => {
    const { provider, change, asked } = await connected(sandbox.url);
    const before = await provider()();
    await change({ status: "paused" });
    await expect(provider()()).rejects.toMatchObject(unusable);
    await change({ status: "active" });
    expect(await provider()()).not.toEqual(before);
    expect(asked()).toHaveLength(2);
  });

  test("is not believed to be usable by a clock that went back", () => {
    const trust = createStatusTrust(undefined, 0, () => new Date(0));
    expect(trust.holds({ hearing: null, at: 10 }, 5)).toBe(false);
  });
});

describe("invalidation", () => {
  test("stops a kept session at once", async () => {
    const { client, provider, change } = await connected(sandbox.url, { watch: createWatch() });
    await provider()();
    await change({ status: "disconnected" });
    client.invalidate(customerId, connectionId);
    await expect(provider()()).rejects.toMatchObject(unusable);
  });

  test("stops SDK clients, which keep what a plain provider gave until it is about to expire", async () => {
    const { client, provider, change } = await connected(sandbox.url, { watch: createWatch() });
    const settings = { endpoint: sandbox.url, region: "us-east-1", credentials: provider() };
    const sts = new STSClient(settings);
    const iam = new IAMClient(settings);
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const requests = [
      () => sts.send(new GetCallerIdentityCommand({})),
      () => iam.send(new ListRolePoliciesCommand({ RoleName: "acme-CrossAccountRole" })),
      () => s3.send(new ListBucketsCommand({})),
    ];
    for (const request of requests) await request();
    await change({ status: "insecure" });
    client.invalidate(customerId, connectionId);
    for (const request of requests) await expect(request()).rejects.toMatchObject(unusable);
  });

  test("reaches a session that is just being opened: nobody gets it", async () => {
    const { client, provider, change, accessLog } = await connected(sandbox.url, { watch: createWatch() });
    const { record } = accessLog;
    accessLog.record = async (entry) => {
      await record(entry);
      if (entry.outcome !== "allowed") return;
      await change({ status: "insecure" });
      client.invalidate(customerId, connectionId);
    };
    await expect(provider()()).rejects.toMatchObject(unusable);
    expect(accessLog.entries.map(({ outcome }) => outcome)).toEqual(["allowed", "refused"]);
  });

  test("after a rotation leads to a session of the new role and external ID, never of the old", async () => {
    const { client, provider, change, encrypt } = await connected(sandbox.url, { watch: createWatch() });
    await provider()();
    await change({ externalId: await encrypt("acme-ffffffffffffffffffffffffffffffff", "externalId") });
    client.invalidate(customerId, connectionId);
    await expect(provider()()).rejects.toMatchObject({ code: "access-denied" });
  });

  test("is not needed to keep a new role apart from one that is still being opened", async () => {
    const { client, provider, change, encrypt, accessLog } = await connected(sandbox.url);
    const unnamed = client.assumeCustomerRole(customerId, { purpose: "report" });
    const { record } = accessLog;
    let rotated = false;
    let during: Promise<unknown> = Promise.resolve();
    accessLog.record = async (entry) => {
      await record(entry);
      if (rotated) return;
      rotated = true;
      await change({ externalId: await encrypt("acme-ffffffffffffffffffffffffffffffff", "externalId") });
      during = unnamed().catch((error: unknown) => error);
      await eventually(() => expect(accessLog.entries).toHaveLength(2));
    };
    await expect(provider()()).rejects.toMatchObject({ code: "access-denied" });
    expect(await during).toMatchObject({ code: "access-denied" });
    // What the old external ID gave is dropped, and AWS is asked once more with the new one.
    expect(accessLog.entries.map(({ outcome }) => outcome)).toEqual(["allowed", "refused", "refused"]);
  });

  test("finds a second connection of a customer who had one", async () => {
    const { client, storage, change } = await connected(sandbox.url, { watch: createWatch() });
    const provider = client.assumeCustomerRole(customerId, { purpose: "report" });
    await provider();
    await change({ connectionId: "connection-2" });
    expect(await storage.list(customerId)).toHaveLength(2);
    client.invalidate(customerId, "connection-2");
    await expect(provider()).rejects.toMatchObject({ code: "connection-ambiguous" });
  });
});

describe("refresh", () => {
  test.each([
    ["every change is heard", createWatch()],
    ["its status is read on each use", undefined],
  ])("opens the next session before this one ends, and nobody waits for it, where %s", async (_where, watch) => {
    const { clock, pass } = createMovedClock();
    const { provider, asked } = await connected(sandbox.url, { ...(watch && { watch }), clock, jitter: () => 0 });
    const first = await provider()();
    pass(47);
    expect(await provider()()).toEqual(first);
    expect(asked()).toHaveLength(1);
    pass(2);
    expect(await provider()()).toEqual(first);
    await eventually(async () => expect(await provider()()).not.toEqual(first));
    expect(asked()).toHaveLength(2);
  });

  test("does not fall together for all processes", async () => {
    const { clock, pass } = createMovedClock();
    const { provider } = await connected(sandbox.url, { watch: createWatch(), clock, jitter: () => 1 });
    const first = await provider()();
    pass(43);
    await provider()();
    await eventually(async () => expect(await provider()()).not.toEqual(first));
  });

  test("stays with its connection, though the customer has a second one by now", async () => {
    const { clock, pass } = createMovedClock();
    const { client, change, asked } = await connected(sandbox.url, { watch: createWatch(), clock });
    const provider = client.assumeCustomerRole(customerId, { purpose: "report" });
    const first = await provider();
    await change({ connectionId: "connection-2" });
    pass(50);
    await provider();
    await eventually(async () => expect(await provider()).not.toEqual(first));
    expect(asked()).toHaveLength(2);
  });

  test("that failed is not tried again at each use", async () => {
    const { clock, pass } = createMovedClock();
    const { provider, accessLog } = await connected(sandbox.url, { watch: createWatch(), clock, attemptMs: 200 });
    await provider()();
    let tried = 0;
    // The log fails, so that what AWS answers ends nothing.
    accessLog.record = () => {
      tried += 1;
      return Promise.reject(new Error("disk full"));
    };
    pass(50);
    await provider()();
    await eventually(() => expect(tried).toBe(1));
    for (const other of ["first", "second", "third"]) {
      await provider()();
      // Takes as long as another try would.
      await expect(provider(other)()).rejects.toMatchObject({ code: "access-log-failed" });
    }
    expect(tried).toBe(4);
  });

  test("that AWS refuses ends the kept session too", async () => {
    const { clock, pass } = createMovedClock();
    const { provider } = await connected(sandbox.url, { watch: createWatch(), clock });
    await provider()();
    sandbox.reset();
    pass(50);
    await provider()();
    await eventually(() => expect(provider()()).rejects.toMatchObject({ code: "access-denied" }));
  });

  test("reads the status first", async () => {
    const { clock, pass } = createMovedClock();
    const { provider, change, accessLog } = await connected(sandbox.url, { watch: createWatch(), clock });
    await provider()();
    await change({ status: "insecure" });
    pass(50);
    await provider()();
    await eventually(() => expect(provider()()).rejects.toMatchObject(unusable));
    expect(accessLog.entries.filter(({ outcome }) => outcome === "allowed")).toHaveLength(1);
  });
});

describe("the access log", () => {
  test("holds a session before anybody does: a process that ends in between has handed out nothing", async () => {
    const { provider, accessLog } = await connected(sandbox.url, { deadlineMs: 1_500 });
    let reached = 0;
    accessLog.record = () => {
      reached += 1;
      return new Promise(() => {});
    };
    await expect(provider()()).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(reached).toBe(1);
  });

  test("that cannot be written keeps no session either", async () => {
    const { provider, accessLog } = await connected(sandbox.url, { watch: createWatch() });
    const { record } = accessLog;
    accessLog.record = () => Promise.reject(new Error("disk full"));
    await expect(provider()()).rejects.toMatchObject({ code: "access-log-failed" });
    accessLog.record = record;
    await provider()();
    expect(accessLog.entries).toHaveLength(1);
  });
});
