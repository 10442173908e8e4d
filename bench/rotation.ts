import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import type { CrossAccountClient } from "../lib/crossaccount/index";
import type { Connection } from "../lib/generated/prisma/client";
import type { Benchmark } from "./support/benchmark";
import { type BenchPortal, startPortal } from "./support/portal";

const CONNECTIONS = 100;
/** Besides, roles that trust another connection's external IDs, which must refuse. */
const FOREIGN = 5;
const USES_PER_SECOND = 200;
const SECONDS = 60;
/** When a stack may be updated, after the uses began. */
const UPDATES = { from: 5_000, to: 40_000 };
const LONGEST_PROPAGATION_MILLISECONDS = 10_000;

/** A connection whose external ID is rotated. */
interface Rotated {
  connection: Connection;
  old: string;
  next: string;
}

interface Uses {
  given: number;
  refused: number;
}

const benchmark: Benchmark = {
  name: "rotation",
  async run() {
    const portal = await startPortal({ logLevel: "error" });
    try {
      return await measure(portal);
    } finally {
      await portal.stop();
    }
  },
};

export default benchmark;

async function measure(portal: BenchPortal) {
  const { database } = portal;
  await portal.seed(CONNECTIONS + FOREIGN);
  const all = await rotateAll(await database.connection.findMany({ orderBy: { accountId: "asc" } }));
  const [rotated, foreign] = [all.slice(0, CONNECTIONS), all.slice(CONNECTIONS)];
  for (const [index, { connection }] of foreign.entries()) {
    const other = rotated[index];
    if (other) await trust(portal, connection, [other.old, other.next]);
  }
  portal.startWorker({ concurrency: 4 });

  const [used, refused] = [await newClient(), await newClient()];
  const [main, strange] = await Promise.all([
    assumeAll(used.client, rotated, USES_PER_SECOND),
    assumeAll(refused.client, foreign, 10),
    updateAll(portal, rotated),
  ]);
  const completed = await untilCompleted(portal);
  const calls = used.calls();
  const retired = await assumeAgain(
    portal,
    used.client,
    rotated.filter(({ connection }) => completed.has(connection.id)),
  );
  const ratios = {
    failed: main.refused,
    wrongly_accepted: strange.given + retired.given,
    sts_calls_per_assumption: Math.round((calls / (main.given + main.refused)) * 1_000) / 1_000,
  };
  return {
    results: [
      { case: "uses while stacks were updated", ...main, sts_calls: calls, rotations_completed: completed.size },
      { case: "uses of roles that trust another connection's external IDs", ...strange },
      { case: "uses of roles that were given back the retired external ID", ...retired },
    ],
    ratios,
  };
}

async function rotateAll(connections: readonly Connection[]): Promise<Rotated[]> {
  const [{ startRotation }, { impersonalAccess }, { readExternalId, readNextExternalId }, { db }] = await Promise.all([
    import("../lib/connections/start-rotation"),
    import("../lib/tenancy/access"),
    import("../lib/crossaccount-client/secrets"),
    import("../lib/db"),
  ]);
  return Promise.all(
    connections.map(async ({ id, customerId }) => {
      const customer = await db.customer.findUniqueOrThrow({ where: { id: customerId } });
      const access = impersonalAccess({ customer, role: "admin", actor: { type: "job", id: "bench" } });
      await startRotation(access, id, new Date());
      const connection = await db.connection.findUniqueOrThrow({ where: { id } });
      const next = await readNextExternalId(connection);
      if (next === null) throw new Error("no external ID was issued");
      return { connection, old: await readExternalId(connection), next };
    }),
  );
}

/** Uses connections chosen at random, each time for a purpose of its own, so that no session is kept for it. */
async function assumeAll(client: CrossAccountClient, rotated: readonly Rotated[], perSecond: number): Promise<Uses> {
  const begun = performance.now();
  const uses: Promise<boolean>[] = [];
  while (uses.length < perSecond * SECONDS) {
    const due = Math.min(Math.floor(((performance.now() - begun) / 1_000) * perSecond) + 1, perSecond * SECONDS);
    while (uses.length < due) uses.push(assume(client, rotated[Math.floor(Math.random() * rotated.length)]));
    await delay(5);
  }
  return counted(await Promise.all(uses));
}

async function assume(client: CrossAccountClient, rotated: Rotated | undefined): Promise<boolean> {
  if (!rotated) throw new Error("there is no connection to use");
  const { id: connectionId, customerId } = rotated.connection;
  return client
    .assumeCustomerRole(customerId, { connectionId, purpose: randomUUID() })()
    .then(
      () => true,
      () => false,
    );
}

/**
 * A client over the portal's own storage, with an access log in memory: what writing it costs is the same with a rotation as without, and
 * would be most of what is measured.
 */
async function newClient(): Promise<{ client: CrossAccountClient; calls: () => number }> {
  const [{ config }, { clientOptions }, library] = await Promise.all([
    import("../lib/config"),
    import("../lib/crossaccount-client/client"),
    import("../lib/crossaccount/index"),
  ]);
  const accessLog = library.createMemoryAccessLog(1_000_000);
  const client = library.createCrossAccountClient(config, { ...clientOptions, accessLog });
  return { client, calls: () => accessLog.entries.length };
}

function counted(outcomes: readonly boolean[]): Uses {
  const given = outcomes.filter((outcome) => outcome).length;
  return { given, refused: outcomes.length - given };
}

/** Gives each role its new external ID at a random time, to be gone by after a random time. One by one: how long a change takes is the sandbox's for all that are made then. */
async function updateAll(portal: BenchPortal, rotated: readonly Rotated[]): Promise<void> {
  const begun = performance.now();
  const times = rotated.map(() => UPDATES.from + Math.random() * (UPDATES.to - UPDATES.from)).sort((a, b) => a - b);
  for (const [index, time] of times.entries()) {
    const { connection, next } = rotated[index] ?? {};
    await delay(Math.max(0, time - (performance.now() - begun)));
    await propagation(portal, Math.round(Math.random() * LONGEST_PROPAGATION_MILLISECONDS));
    if (connection && next) await trust(portal, connection, [next]);
  }
}

async function propagation({ sandbox }: BenchPortal, ms: number): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${sandbox.url}/_sandbox/propagation`, { method: "POST", headers, body: JSON.stringify({ ms }) });
}

async function trust({ sandbox }: BenchPortal, connection: Connection, externalIds: string[]): Promise<void> {
  const [{ config }, { expectedTrustPolicy }] = await Promise.all([
    import("../lib/config"),
    import("../lib/crossaccount/index"),
  ]);
  const credentials = { accessKeyId: `AKIASANDBOX${connection.accountId}`, secretAccessKey: "sandbox" };
  const iam = new IAMClient({ endpoint: sandbox.url, region: "us-east-1", credentials });
  const document = JSON.stringify(expectedTrustPolicy(config, { partition: "aws", externalId: "ID" }));
  const [first, ...more] = externalIds;
  const PolicyDocument = document.replace('"ID"', JSON.stringify(more.length > 0 ? externalIds : first));
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: connection.roleName, PolicyDocument }));
  iam.destroy();
}

/** Waits for the worker to complete them, as it does by itself. Of which connections it did. */
async function untilCompleted({ database }: BenchPortal): Promise<Set<string>> {
  const find = () => database.rotation.findMany({ where: { outcome: "completed" }, select: { connectionId: true } });
  for (let waited = 0; waited < 180 && (await find()).length < CONNECTIONS; waited += 1) await delay(1_000);
  return new Set((await find()).map(({ connectionId }) => connectionId));
}

/** Gives each role back the external ID that was retired: it is worth nothing any more. */
async function assumeAgain(
  portal: BenchPortal,
  client: CrossAccountClient,
  rotated: readonly Rotated[],
): Promise<Uses> {
  await propagation(portal, 0);
  const outcomes: boolean[] = [];
  for (const one of rotated) {
    await trust(portal, one.connection, [one.old]);
    outcomes.push(await assume(client, one));
  }
  return counted(outcomes);
}
