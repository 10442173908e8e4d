import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Benchmark } from "./support/benchmark";
import { startPortal } from "./support/portal";
import { newRound } from "./support/round";

const CONNECTIONS = 1_000;
const KILLS = 20;
const WORKERS = 3;
const LEASE_SECONDS = 3;

/** Not a race but a proof: a audit run during which workers are killed at random moments. */
const benchmark: Benchmark = {
  name: "audit-kills",
  async run() {
    const portal = await startPortal();
    const { database } = portal;
    const startWorker = () => portal.startWorker({ concurrency: 6, leaseSeconds: LEASE_SECONDS });
    try {
      await portal.seed(CONNECTIONS);
      const roundId = await newRound(database, CONNECTIONS);
      const workers = Array.from({ length: WORKERS }, startWorker);
      const done = () => database.auditItem.count({ where: { roundId, state: "done" } });
      const overdue = () =>
        database.auditItem.count({
          where: { roundId, state: "running", leaseUntil: { lt: new Date(Date.now() - LEASE_SECONDS * 2_000) } },
        });
      let longestOverdue = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const moment = Math.floor(((kill + randomInt(1_000) / 1_000) * CONNECTIONS * 0.9) / KILLS);
        while ((await done()) < moment) await delay(10);
        longestOverdue = Math.max(longestOverdue, await overdue());
        await workers.splice(randomInt(workers.length), 1)[0]?.kill();
        workers.push(startWorker());
      }
      const began = performance.now();
      while ((await done()) < CONNECTIONS && performance.now() - began < 600_000) await delay(100);
      for (const worker of workers) await worker.stop();

      const runs = await database.verification.groupBy({ by: ["connectionId"], where: { roundId }, _count: true });
      const [{ stuck } = { stuck: -1 }] = await database.$queryRaw<{ stuck: number }[]>`
        SELECT count(*)::int AS stuck FROM pgboss.job WHERE name = 'audit' AND state < 'completed'`;
      const repeated = await database.auditItem.count({ where: { roundId, attempts: { gt: 1 } } });
      return {
        results: [
          {
            case: `${CONNECTIONS} connections, ${KILLS} workers killed`,
            recorded_once: runs.filter(({ _count }) => _count === 1).length,
            recorded_more_often: runs.filter(({ _count }) => _count > 1).length,
            lost: CONNECTIONS - runs.length,
            taken_over: repeated,
            jobs_left: stuck,
            past_lease: longestOverdue,
          },
        ],
        ratios: { recorded_once: runs.filter(({ _count }) => _count === 1).length / CONNECTIONS },
      };
    } finally {
      await portal.stop();
    }
  },
};

export default benchmark;
