import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRoute } from "../../../sandbox/console/client/route";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { expectedTrustPolicy } from "../template";
import { testConfig } from "../testing/customer";
import { eventually } from "../testing/eventually";
import { followCommand } from "../testing/follow-command";
import { followPage } from "../testing/follow-page";
import { rotationWorld } from "../testing/rotation-world";
import { accountId, vendor } from "../testing/run-verification";
import type { CredentialStorage } from "../types";
import { createCrossAccountClient } from "./client";

const customerId = "customer-1";
const connectionId = "connection-1";
const scope = { customerId, connectionId };

let world: Awaited<ReturnType<typeof rotationWorld>> | undefined;
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ now: () => world?.customer.time.clock() ?? new Date(), wait: async () => {} });
});
beforeEach(() => {
  world = undefined;
  sandbox.reset();
});
afterAll(() => sandbox.close());

async function connected(change?: (storage: CredentialStorage) => CredentialStorage) {
  world = await rotationWorld(sandbox, change);
  return world;
}

const findings = (checks: readonly { id: string; status: string; causeId?: string }[]) =>
  checks.filter(({ status, causeId }) => status === "failed" || status === "warning" || causeId !== undefined);

describe("a rotation", () => {
  test("goes from the old external ID to the new one without a use that fails, and ends when the old one is refused", async () => {
    const { client, use, update, verifyAndStore, current, customer } = await connected();
    const before = customer.externalId;
    const started = await client.startRotation(scope);
    expect(started.externalId).toMatch(/^acme-[0-9a-f]{32}$/);
    expect(started.externalId).not.toBe(before);
    expect(await use()).toEqual(["given", "allowed"]);
    expect(await use()).toEqual(["given", "allowed"]);

    await update(started.externalId);
    expect(await use()).toEqual(["given", "refused", "allowed"]);
    expect(await use()).toEqual(["given", "allowed"]);

    const report = await verifyAndStore();
    expect(report.rotation).toEqual({ inUse: "next", other: "refused", otherListed: false });
    expect(findings(report.checks)).toEqual([]);
    expect(await current()).toEqual({ current: started.externalId, next: null, accepted: false });
    expect(await use()).toEqual(["given", "allowed"]);
    await update(before);
    expect(await use()).toEqual(["access-denied", "refused"]);
  });

  test("tells other processes which external ID works, so that each of them need not find out", async () => {
    const { client, use, update, current } = await connected();
    const { externalId } = await client.startRotation(scope);
    await update(externalId);
    await use();
    await eventually(async () => expect((await current()).accepted).toBe(true));
  });

  test("goes on when the storage cannot note which external ID works", async () => {
    const broken = (storage: CredentialStorage): CredentialStorage => ({
      ...storage,
      exchangeExternalIds: async (owner, before, after) => {
        if (after.nextAccepted) throw new Error("no space left");
        return storage.exchangeExternalIds?.(owner, before, after) ?? false;
      },
    });
    const { client, use, update } = await connected(broken);
    const { externalId } = await client.startRotation(scope);
    await update(externalId);
    expect(await use()).toEqual(["given", "refused", "allowed"]);
    expect(await use()).toEqual(["given", "allowed"]);
  });

  test("goes back to the old external ID where the stack rolls back", async () => {
    const { client, use, update, customer } = await connected();
    const { externalId } = await client.startRotation(scope);
    await update(externalId);
    await use();
    await update(customer.externalId);
    expect(await use()).toEqual(["given", "refused", "allowed"]);
    expect(await use()).toEqual(["given", "allowed"]);
  });

  test("leaves a refusal a refusal, with both requests in the access log", async () => {
    const { client, use, trust } = await connected();
    await client.startRotation(scope);
    await trust(`acme-${"0".repeat(32)}`);
    expect(await use()).toEqual(["access-denied", "refused", "refused"]);
  });

  test("hands out nothing where a connection may not be used", async () => {
    const { client, use, memory } = await connected();
    await client.startRotation(scope);
    const kept = await memory.get(customerId, connectionId);
    if (kept) await memory.put({ ...kept, status: "paused" });
    client.invalidate(customerId, connectionId);
    expect(await use()).toEqual(["connection-unusable", "refused"]);
  });

  test("is not started twice, however close together, and says so", async () => {
    const { client, current } = await connected();
    const started = await Promise.allSettled(Array.from({ length: 5 }, () => client.startRotation(scope)));
    const won = started.filter((one) => one.status === "fulfilled");
    expect(won.map(({ value }) => value.externalId)).toEqual([(await current()).next]);
    for (const one of started) if (one.status === "rejected") expect(one.reason.code).toBe("rotation-running");
    await expect(client.startRotation(scope)).rejects.toMatchObject({ code: "rotation-running" });
  });

  test.each(["pending", "insecure", "broken", "paused", "disconnected"] as const)(
    "does not start on a connection that is %s",
    async (status) => {
      const { client, memory, current } = await connected();
      const kept = await memory.get(customerId, connectionId);
      if (kept) await memory.put({ ...kept, status });
      await expect(client.startRotation(scope)).rejects.toMatchObject({ code: "connection-unusable" });
      expect((await current()).next).toBeNull();
    },
  );

  test("does not start for another customer", async () => {
    const { client, current } = await connected();
    const other = { ...scope, customerId: "customer-2" };
    await expect(client.startRotation(other)).rejects.toMatchObject({ code: "connection-not-found" });
    await expect(client.abandonRotation(other)).rejects.toMatchObject({ code: "connection-not-found" });
    expect((await current()).next).toBeNull();
  });

  test("does not start in a storage that cannot rotate, which works as ever", async () => {
    const { client, use } = await connected(({ get, put, list, delete: remove }) => ({
      get,
      put,
      list,
      delete: remove,
    }));
    await expect(client.startRotation(scope)).rejects.toMatchObject({ code: "input-invalid" });
    expect(await use()).toEqual(["given", "allowed"]);
  });

  test("issues nothing where there is no randomness", async () => {
    const { current, memory, customer } = await connected();
    const client = createCrossAccountClient(testConfig, {
      storage: memory,
      randomBytes: () => {
        throw new Error("no entropy");
      },
    });
    await expect(client.startRotation(scope)).rejects.toMatchObject({ code: "external-id-unavailable" });
    expect(await current()).toMatchObject({ current: customer.externalId, next: null });
  });
});

describe("each way to update the stack that is printed", () => {
  test.each(["command", "page"] as const)("by %s sets the external ID alone", async (kind) => {
    const { client, parameters, verifyAndStore, current } = await connected();
    const before = await parameters();
    const started = await client.startRotation(scope);
    if (kind === "command") {
      await followCommand(started.updateStackCommand, { endpoint: sandbox.url, accountId });
    } else {
      const enter = { name: "ExternalId", value: started.externalId };
      const way = { kind, label: "", value: started.updateUrl, enter };
      await followPage(way, { url: sandbox.url, accountId, parseRoute });
    }
    expect(await parameters()).toEqual({ ...before, ExternalId: started.externalId });
    await verifyAndStore();
    expect(await current()).toMatchObject({ current: started.externalId, next: null });
  });
});

describe("a verification during a rotation", () => {
  test("proves the connection by the external ID in use, and neither of the two is a finding or a change", async () => {
    const { client, verify, update, trust, customer } = await connected();
    const before = await verify();
    const { externalId } = await client.startRotation(scope);
    const waiting = await verify();
    expect(waiting.rotation).toEqual({ inUse: "current", other: "refused", otherListed: false });
    await trust([customer.externalId, externalId]);
    const both = await verify();
    expect(both.rotation).toEqual({ inUse: "current", other: "accepted", otherListed: true });
    await trust(customer.externalId);
    await update(externalId);
    const updated = await verify();
    expect(updated.rotation).toEqual({ inUse: "next", other: "refused", otherListed: false });
    for (const report of [before, waiting, both, updated]) {
      expect(report.outcome).toBe("proven");
      expect(findings(report.checks)).toEqual([]);
      expect(report.picture).toEqual(before.picture);
      const text = JSON.stringify(report);
      for (const secret of [customer.externalId, externalId]) expect(text).not.toContain(secret);
    }
  });

  test("does not retire an external ID that AWS still accepts, and says so", async () => {
    const { client, verifyAndStore, trust, current, customer } = await connected();
    const { externalId } = await client.startRotation(scope);
    await trust([customer.externalId, externalId]);
    const report = await verifyAndStore();
    expect(report.rotation).toMatchObject({ other: "accepted" });
    expect(report.checks.flatMap(({ evidence }) => evidence.map(({ value }) => value))).toContain(
      "Accepted too: the rotation is not complete",
    );
    expect(await current()).toMatchObject({ current: customer.externalId, next: externalId });
  });

  test("waits until the old external ID is refused everywhere", async () => {
    const { client, use, update, propagation, verifyAndStore, current, wait } = await connected();
    const { externalId } = await client.startRotation(scope);
    await propagation(9_000);
    await update(externalId);
    expect(await use()).toEqual(["given", "allowed"]);
    wait(9_001);
    const report = await verifyAndStore();
    expect(report.rotation).toMatchObject({ inUse: "next", other: "refused" });
    expect(await current()).toMatchObject({ current: externalId, next: null });
  });

  test("finds a role that others can use as ever, whichever external ID is in use", async () => {
    const { client, verify, customer } = await connected();
    const { externalId } = await client.startRotation(scope);
    const document = expectedTrustPolicy(testConfig, { partition: "aws", externalId });
    const PolicyDocument = JSON.stringify(document).replace("StringEquals", "StringLike").replace(externalId, "acme-*");
    await customer.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: customer.roleName, PolicyDocument }));
    const report = await verify();
    expect(report.outcome).toBe("insecure");
    expect(report.checks.find(({ id }) => id === "reject-wrong-external-id")?.status).toBe("failed");
  });

  test("counts for no other external ID: a report by the new one is refused once it was abandoned", async () => {
    const { client, verify, update, customer } = await connected();
    const { externalId } = await client.startRotation(scope);
    await update(externalId);
    const report = await verify();
    await update(customer.externalId);
    await client.abandonRotation(scope);
    const { roleArn } = customer;
    await expect(client.storeCustomerCredentials({ ...scope, roleArn, report })).rejects.toMatchObject({
      code: "report-mismatch",
    });
  });
});

describe("an abandoned rotation", () => {
  test("leaves the old external ID, and never sends the new one again", async () => {
    const { client, use, update, current, customer } = await connected();
    const { externalId } = await client.startRotation(scope);
    await client.abandonRotation(scope);
    expect(await current()).toEqual({ current: customer.externalId, next: null, accepted: false });
    expect(await use()).toEqual(["given", "allowed"]);
    await update(externalId);
    expect(await use()).toEqual(["access-denied", "refused"]);
    expect(await client.abandonRotation(scope)).toEqual({ connectionId });
  });

  test.each([
    ["accepts the new one", 0],
    ["has the new one in its trust policy, which is not what it goes by yet", 5_000],
  ])("is refused where AWS %s", async (_words, milliseconds) => {
    const { client, use, update, propagation, current } = await connected();
    const { externalId } = await client.startRotation(scope);
    await propagation(milliseconds);
    await update(externalId);
    await expect(client.abandonRotation(scope)).rejects.toMatchObject({ code: "external-id-in-use" });
    expect(await current()).toMatchObject({ next: externalId });
    expect((await use())[0]).toBe("given");
  });

  test("does not end sessions that the old external ID opened", async () => {
    const { client, accessLog } = await connected();
    const provider = client.assumeCustomerRole(customerId, { purpose: "report" });
    const { accessKeyId } = await provider();
    await client.startRotation(scope);
    await client.abandonRotation(scope);
    expect((await provider()).accessKeyId).not.toBe("");
    expect(accessLog.entries.filter(({ probe, outcome }) => !probe && outcome !== "allowed")).toEqual([]);
    expect(accessKeyId).toMatch(/^ASIA/);
  });
});

describe("a use that a rotation overtakes", () => {
  /** Does something in the moment at which AWS has answered and nothing is handed out yet. */
  async function overtaken(what: (on: Awaited<ReturnType<typeof connected>>) => Promise<void>) {
    const on = await connected();
    const { record } = on.accessLog;
    let done = false;
    on.accessLog.record = async (entry) => {
      await record(entry);
      if (done) return;
      done = true;
      await what(on);
    };
    return on;
  }

  test("by its beginning and end is asked for again with the new external ID", async () => {
    const { use } = await overtaken(async ({ client, update, verifyAndStore }) => {
      const { externalId } = await client.startRotation(scope);
      await update(externalId);
      await verifyAndStore();
    });
    const [given, ...answers] = await use();
    expect(given).toBe("given");
    expect(answers.filter((answer) => answer === "refused").length).toBeGreaterThan(0);
  });

  test("was refused by the external ID that was retired meanwhile, and is given by the one that AWS goes by", async () => {
    const on = await connected();
    const { externalId } = await on.client.startRotation(scope);
    await on.update(externalId);
    // This process read the connection before the rotation began.
    const [stale] = await on.memory.list(customerId);
    let first = true;
    const { get } = on.memory;
    on.memory.get = async (customer, connection) => {
      if (!first) return get(customer, connection);
      first = false;
      return stale ? { ...stale, nextExternalId: null } : null;
    };
    const late = createCrossAccountClient(testConfig, {
      storage: on.memory,
      accessLog: on.accessLog,
      encryptor: on.encryptor,
      aws: {
        endpoint: sandbox.url,
        credentials: { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" },
      },
    });
    await expect(late.assumeCustomerRole(customerId, { connectionId, purpose: "late" })()).resolves.toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA/),
    });
  });
});
