import { type ChildProcess, fork } from "node:child_process";
import { on } from "node:events";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { provenConnection } from "@/dev/testing/audits";
import { staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import {
  pauseConnection,
  pauseConnectionForStaff,
  resumeConnection,
  resumeConnectionForStaff,
} from "./pause-connection";

const PROCESSES = 4;

const message = z.union([
  z.object({ event: z.literal("works") }),
  z.object({ event: z.literal("refused"), began: z.number(), ended: z.number() }),
]);
type Message = z.output<typeof message>;
type Refusal = Extract<Message, { event: "refused" }>;

interface UsingProcess {
  child: ChildProcess;
  /** The next word of it; anything else is an error. */
  next<Event extends Message["event"]>(event: Event): Promise<Extract<Message, { event: Event }>>;
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

function startUsing({ customerId, id }: Connection, environment: Record<string, string> = {}): UsingProcess {
  const child = fork("dev/testing/keep-using.ts", [customerId, id], {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    env: { ...process.env, ...environment },
  });
  started.push(child);
  const words = on(child, "message", { close: ["exit"] });
  return {
    child,
    async next(event) {
      const { done, value } = await words.next();
      if (done) throw new Error(`A process ended with ${child.exitCode}.`);
      const said = message.parse((value as unknown[])[0]);
      if (said.event !== event) throw new Error(`A process said ${said.event}.`);
      return said as Extract<Message, { event: typeof event }>;
    },
  };
}

const all = <Event extends Message["event"]>(processes: readonly UsingProcess[], event: Event) =>
  Promise.all(processes.map((one) => one.next(event)));

/** Pauses and resumes so often; what each process said, and when the pause was committed at the latest. */
async function pauses(
  times: number,
  environment?: Record<string, string>,
  before: () => Promise<unknown> = async () => {},
) {
  const { access, connection } = await provenConnection();
  const staff = await staffMember();
  const processes = Array.from({ length: PROCESSES }, () => startUsing(connection, environment));
  await all(processes, "works");
  const refusals: (Refusal & { paused: number })[] = [];
  for (let time = 0; time < times; time += 1) {
    // By staff every other time, which is no other pause for who uses it.
    const [pause, resume] =
      time % 2 === 0
        ? [
            () => pauseConnection(access, connection.id, new Date()),
            () => resumeConnection(access, connection.id, new Date()),
          ]
        : [
            () => pauseConnectionForStaff(staff, connection.id, new Date()),
            () => resumeConnectionForStaff(staff, connection.id, new Date()),
          ];
    await before();
    await pause();
    const paused = Date.now();
    for (const refusal of await all(processes, "refused")) refusals.push({ ...refusal, paused });
    await resume();
    await all(processes, "works");
  }
  expect(refusals).toHaveLength(times * PROCESSES);
  return refusals;
}

test("four processes see a pause within a second, 50 times of 50", async () => {
  const late = (await pauses(50)).filter(({ ended, paused }) => ended - paused > 1_000);
  expect(late).toEqual([]);
}, 240_000);

test("with the listening connections cut as it is paused, no use goes on for longer than a second", async () => {
  const cut = () => db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'crossaccount-listen'`;
  const late = (await pauses(5, {}, cut)).filter(({ ended, paused }) => ended - paused > 1_000);
  expect(late).toEqual([]);
}, 240_000);

test("where nothing can be heard at all, the next use sees it", async () => {
  const deaf = { DATABASE_LISTEN_URL: "postgresql://nobody@127.0.0.1:1/nothing", LOG_LEVEL: "silent" };
  const late = (await pauses(5, deaf)).filter(({ began, paused }) => began > paused);
  expect(late).toEqual([]);
}, 240_000);
