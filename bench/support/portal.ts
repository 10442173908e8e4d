import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../dev/local/postgres";
import { type LocalProcess, start } from "../../dev/local/processes";
import { testEnvironment } from "../../dev/testing/environment";
import { createCustomerRole } from "../../lib/crossaccount/testing/customer";
import type { PrismaClient } from "../../lib/generated/prisma/client";
import { migrate } from "../../prisma/apply-migrations";
import { stoppable } from "./interruption";
import { type BenchSandbox, startSandbox } from "./sandbox";

const SEEDED_AT_ONCE = 12;
const CONNECTIONS_PER_CUSTOMER = 20;

export interface BenchPortal {
  sandbox: BenchSandbox;
  database: PrismaClient;
  /** Makes connections with a proven role each, in accounts of their own, so that there are `count` of them. */
  seed(count: number): Promise<void>;
  startWorker(settings: { concurrency: number; leaseSeconds?: number }): BenchWorker;
  stop(): Promise<void>;
}

export interface BenchWorker extends LocalProcess {
  kill(): Promise<void>;
  /** Megabytes of memory in use at most, which the worker says when it is stopped. */
  peak(): number;
}

/** What workers need: a database and a sandbox of their own, named in the environment before anything of the portal loads. */
export async function startPortal({ logLevel = "info" } = {}): Promise<BenchPortal> {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-bench-"));
  const postgres = await startPostgres({ directory, port: 0, password: "bench", disposable: true });
  await migrate(postgres.url);
  const sandbox = await startSandbox();
  Object.assign(process.env, {
    NODE_ENV: "production",
    LOG_LEVEL: logLevel,
    ...testEnvironment({ databaseUrl: postgres.url, sandboxUrl: sandbox.url }),
    AUDIT_STS_CALLS_PER_SECOND: "600",
  });
  const [{ db }, { log }] = await Promise.all([import("../../lib/db"), import("../../lib/log")]);
  const workers: BenchWorker[] = [];
  let seeded = 0;

  return {
    sandbox,
    database: db,
    async seed(count) {
      const numbers = Array.from({ length: count - seeded }, () => seeded++);
      const seeder = async () => {
        for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
          await seedOne(sandbox.url, number);
      };
      await Promise.all(Array.from({ length: SEEDED_AT_ONCE }, seeder));
    },
    startWorker({ concurrency, leaseSeconds = 30 }) {
      const worker = startWorker(concurrency, leaseSeconds);
      workers.push(worker);
      return worker;
    },
    stop: stoppable(async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      // What listens to the database would say that it goes away, amid the figures.
      log.level = "silent";
      await db.$disconnect();
      await sandbox.stop();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    }),
  };
}

async function seedOne(url: string, number: number): Promise<void> {
  const [{ db }, { config }, { digester }, { seal }, digests, library] = await Promise.all([
    import("../../lib/db"),
    import("../../lib/config"),
    import("../../lib/crossaccount-client/encryption"),
    import("../../lib/crossaccount-client/seal"),
    import("../../lib/crossaccount-client/digests"),
    import("../../lib/crossaccount/index"),
  ]);
  const id = randomUUID();
  const customerId = await customerOf(Math.floor(number / CONNECTIONS_PER_CUSTOMER));
  const accountId = String(200_000_000_000 + number);
  const externalId = library.generateExternalId(config.externalIdPrefix);
  const { roleArn, roleName } = await createCustomerRole({ url, accountId, externalId, config });
  const owner = { customerId, connectionId: id };
  const provenAt = new Date();
  await db.connection.create({
    data: {
      ...{ id, customerId, accountId, roleName, provenAt },
      name: `Connection ${number}`,
      status: "active",
      partition: "aws",
      region: "us-east-1",
      stackName: roleName,
      externalIdCiphertext: await seal(externalId, owner, "externalId"),
      externalIdDigest: digests.externalIdDigest(digester, externalId),
      roleArnCiphertext: await seal(roleArn, owner, "roleArn"),
      roleArnDigest: digests.roleArnDigest(digester, customerId, roleArn),
      roleDigest: digests.roleDigest(digester, roleArn),
      setupPermissions: "gone",
      templateVersion: library.templateVersion(config),
      createdById: randomUUID(),
      requestId: randomUUID(),
    },
  });
  const nextAuditAt = new Date(provenAt.getTime() + 86_400_000);
  await db.auditSchedule.create({ data: { connectionId: id, customerId, nextAuditAt } });
}

const customers = new Map<number, Promise<string>>();

function customerOf(number: number): Promise<string> {
  const known = customers.get(number) ?? makeCustomer(number);
  customers.set(number, known);
  return known;
}

async function makeCustomer(number: number): Promise<string> {
  const { db } = await import("../../lib/db");
  const { id } = await db.customer.create({ data: { reference: `customer-${number}`, name: `Customer ${number}` } });
  return id;
}

function startWorker(concurrency: number, leaseSeconds: number): BenchWorker {
  const command = [process.execPath, "--conditions=react-server", "--import", "tsx", "script/worker.ts"];
  let peak = Number.NaN;
  const settings = { WORKER_CONCURRENCY: String(concurrency), WORKER_LEASE_SECONDS: String(leaseSeconds) };
  const worker = start("worker", command, { ...process.env, NODE_OPTIONS: "", ...settings }, (line) => {
    const [, megabytes] = /"peakMemoryMb":(\d+)/.exec(line) ?? [];
    if (megabytes) peak = Number(megabytes);
    if (/"level":"(error|fatal)"/.test(line)) process.stderr.write(`${line}\n`);
  });
  return {
    ...worker,
    async kill() {
      if (worker.pid !== undefined) process.kill(-worker.pid, "SIGKILL");
      await worker.exited;
    },
    peak: () => peak,
  };
}
