import { PgBoss } from "pg-boss";
import { afterEach, expect, test } from "vitest";
import { staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { type Queue, startQueue } from "./queue";
import { listSetAside } from "./set-aside-queries";

/** Another process that puts jobs in. */
const boss = new PgBoss({ connectionString: env.DATABASE_URL, supervise: false, schedule: false });
let queue: Queue | undefined;
afterEach(async () => {
  await queue?.stop();
  await boss.stop();
});

test("maintenance that a newer version asked for is set aside, and what this version knows is done", async () => {
  queue = await startQueue({
    connectionString: env.DATABASE_URL,
    database: db,
    lookEverySeconds: 0.5,
    onError: (error) => {
      throw error;
    },
  });
  await boss.start();
  const done: string[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const nothing = async () => {};
  const tasks = {
    ...{ "purge-verifications": nothing, "purge-access-log": nothing },
    ...{ "expire-rotations": nothing, "ask-ended-access": nothing },
  };
  await boss.createQueue("remind", { policy: "singleton" });
  await boss.insert("remind", [{ data: { version: 2 }, priority: 20 }]);
  await boss.insert("remind", [{ data: { whom: "everybody" }, priority: 10 }]);
  // As the schedule of a version before jobs had versions made it.
  await boss.insert("remind", [{}]);
  await queue.maintain({
    ...tasks,
    remind: async () => {
      done.push("remind");
      finish();
    },
  });
  await finished;
  expect(done).toEqual(["remind"]);
  const { jobs, groups } = await listSetAside(await staffMember());
  expect(jobs).toBe(2);
  expect(groups.map(({ queue: name, why }) => [name, why]).sort()).toEqual([
    ["remind", "newer-version"],
    ["remind", "wrong-shape"],
  ]);
});
