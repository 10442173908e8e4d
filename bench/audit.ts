import type { Benchmark, BenchmarkResult } from "./support/benchmark";
import { type BenchPortal, startPortal } from "./support/portal";
import { newRound, untilFinished } from "./support/round";

const SMALL = 1_000;
const LARGE = 10_000;
const CONCURRENCY = 8;
/** So far away that workers wait and the processor is not the limit. */
const LATENCY_MILLISECONDS = 600;

interface Measured {
  seconds: number;
  peakMb: number;
}

/** Audit runs by real worker processes on a real database; roles and answers are the sandbox's. */
const benchmark: Benchmark = {
  name: "audit",
  async run() {
    const portal = await startPortal();
    try {
      await portal.seed(SMALL);
      const calls = await callsPerConnection(portal);
      const near = await measure(portal, { connections: SMALL, workers: 1 });
      await portal.sandbox.setFaults([
        { kind: "latency", service: "sts", ms: LATENCY_MILLISECONDS },
        { kind: "latency", service: "iam", ms: LATENCY_MILLISECONDS },
      ]);
      const alone = await measure(portal, { connections: SMALL, workers: 1 });
      const together = await measure(portal, { connections: SMALL, workers: 4 });
      await portal.sandbox.setFaults([]);
      await portal.seed(LARGE);
      const many = await measure(portal, { connections: LARGE, workers: 1 });
      const away = `AWS ${LATENCY_MILLISECONDS} ms away`;
      return {
        results: [
          figures(`${SMALL} connections, 1 worker`, SMALL, near, calls),
          figures(`${LARGE} connections, 1 worker`, LARGE, many, calls),
          figures(`${SMALL} connections, 1 worker, ${away}`, SMALL, alone, calls),
          figures(`${SMALL} connections, 4 workers, ${away}`, SMALL, together, calls),
        ],
        ratios: {
          memory_growth: rounded(many.peakMb / near.peakMb),
          scaling: rounded(alone.seconds / together.seconds),
        },
      };
    } finally {
      await portal.stop();
    }
  },
};

export default benchmark;

/** Counted in a round small enough for the sandbox to remember every request. */
async function callsPerConnection(portal: BenchPortal): Promise<number> {
  const connections = 100;
  const count = async () =>
    (await portal.sandbox.count("AssumeRole")) + (await portal.sandbox.count("GetCallerIdentity"));
  const before = await count();
  await measure(portal, { connections, workers: 1 });
  return ((await count()) - before) / connections;
}

async function measure(
  { database, startWorker }: BenchPortal,
  { connections, workers: count }: { connections: number; workers: number },
): Promise<Measured> {
  const workers = Array.from({ length: count }, () => startWorker({ concurrency: CONCURRENCY }));
  const roundId = await newRound(database, connections);
  const { seconds, results } = await untilFinished(database, roundId);
  for (const worker of workers) await worker.stop();
  const recorded = await database.verification.count({ where: { roundId, outcome: "proven" } });
  if (results !== connections || recorded !== connections)
    throw new Error(`${recorded} of ${connections} connections were proven`);
  return { seconds, peakMb: Math.max(...workers.map((worker) => worker.peak())) };
}

function figures(label: string, connections: number, { seconds, peakMb }: Measured, calls: number): BenchmarkResult {
  return {
    case: label,
    seconds: rounded(seconds),
    connections_per_second: rounded(connections / seconds),
    sts_calls_per_connection: calls,
    peak_memory_mb: peakMb,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
