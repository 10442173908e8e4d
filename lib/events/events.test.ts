import { beforeAll, beforeEach, expect, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { provenConnection } from "@/dev/testing/audits";
import { member, newConnection, reload, staffMember } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";
import {
  pauseConnection,
  pauseConnectionForStaff,
  resumeConnection,
  resumeConnectionForStaff,
} from "@/lib/connections/pause-connection";
import { startRotation } from "@/lib/connections/start-rotation";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalId, readRoleArn } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { leaveTeam } from "@/lib/people/remove-member";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { emitEvents } from "./emit-events";
import { purgeEvents } from "./purge";
import { getEvent, listEvents, listEventsForStaff } from "./queries";

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

let access: PersonalAccess;
beforeEach(async () => {
  access = await member();
  await db.event.deleteMany();
});

const at = new Date();
const say = (transaction: Parameters<typeof emitEvents>[0], word: string) =>
  emitEvents(transaction, { customerId: access.customer.id, at }, [{ type: "connection.created", data: { word } }]);
const words = async (after?: number) =>
  (await listEvents(access, { take: 100, after })).rows.map(({ data, sequence }) => ({ word: data.word, sequence }));

/** A transaction that has said something, and commits or fails when it is told to. */
async function openTransaction(word: string) {
  let end = (_fails: boolean) => {};
  const told = new Promise<boolean>((settle) => {
    end = settle;
  });
  let spoke = () => {};
  const said = new Promise<void>((settle) => {
    spoke = settle;
  });
  const done = db.$transaction(
    async (transaction) => {
      await say(transaction, word);
      spoke();
      if (await told) throw new Error("rolled back");
    },
    { timeout: 60_000, maxWait: 60_000 },
  );
  done.catch(() => {});
  await said;
  return {
    commit: () => {
      end(false);
      return done;
    },
    rollBack: () => {
      end(true);
      return done.catch(() => {});
    },
  };
}

test("two transactions that commit in the reverse order are listed in the order of commits, and no reader misses one", async () => {
  const first = await openTransaction("began first");
  const second = await openTransaction("began second");
  expect(await words()).toEqual([]);
  await second.commit();
  const [early] = await words();
  expect(early?.word).toBe("began second");
  await first.commit();
  expect((await words(early?.sequence)).map(({ word }) => word)).toEqual(["began first"]);
  expect((await words()).map(({ word }) => word)).toEqual(["began second", "began first"]);
});

test("also where nobody looked in between", async () => {
  const [first, second, third] = [await openTransaction("1"), await openTransaction("2"), await openTransaction("3")];
  await third?.commit();
  await first?.commit();
  await second?.commit();
  expect((await words()).map(({ word }) => word)).toEqual(["3", "1", "2"]);
});

test("what is rolled back did not happen, and leaves others where they are", async () => {
  const [failing, other] = [await openTransaction("fails"), await openTransaction("happens")];
  await failing.rollBack();
  await other.commit();
  expect((await words()).map(({ word }) => word)).toEqual(["happens"]);
});

test("a reader who goes on from the last number misses none of many that commit at the same time", async () => {
  const writers = 6;
  const each = 25;
  let writing = true;
  const writes = Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let index = 0; index < each; index += 1)
        await db.$transaction((transaction) => say(transaction, `${writer}-${index}`), {
          maxWait: 60_000,
          timeout: 60_000,
        });
    }),
  ).finally(() => {
    writing = false;
  });
  const read: string[] = [];
  let last = 0;
  for (let isLast = false; !isLast; ) {
    isLast = !writing;
    for (const { word, sequence } of await words(last)) {
      expect(sequence).toBeGreaterThan(last);
      last = sequence;
      read.push(word ?? "");
    }
  }
  await writes;
  expect(new Set(read).size).toBe(writers * each);
  expect(read).toHaveLength(writers * each);
});

test("a connection's life is told in order, and none of its secrets", async () => {
  const { access: owner, connection } = await provenConnection();
  const staff = await staffMember();
  const { id } = connection;
  await startRotation(owner, id, new Date());
  const rotating = await reload(connection);
  await pauseConnection(owner, id, new Date());
  await pauseConnectionForStaff(staff, id, new Date());
  await resumeConnection(owner, id, new Date());
  await resumeConnectionForStaff(staff, id, new Date());
  await disconnectConnection(owner, id, new Date());
  const { rows } = await listEvents(owner, { take: 100, connectionId: id });
  expect(rows.map(({ type, data }) => [type.replace("connection.", ""), data.by ?? data.to ?? ""])).toEqual([
    ["created", ""],
    ["status_changed", expect.stringMatching(/^(active|setup)$/)],
    ["verified", ""],
    ["rotation_started", ""],
    ["status_changed", "paused"],
    ["paused", "customer"],
    ["paused", "staff"],
    ["resumed", "customer"],
    ["status_changed", expect.stringMatching(/^(active|setup)$/)],
    ["resumed", "staff"],
    ["status_changed", "disconnected"],
    ["disconnected", ""],
  ]);
  const told = JSON.stringify(await db.event.findMany(), (_key, value) =>
    typeof value === "bigint" ? Number(value) : value,
  );
  for (const secret of [await readExternalId(rotating), await readRoleArn(rotating), "arn:aws", connection.name])
    expect(told).not.toContain(secret);
});

test("a customer and its members are told of once, and who leaves", async () => {
  const reference = `told-${Date.now()}`;
  const admin = await member("admin", reference);
  const other = await member("admin", reference);
  await leaveTeam(other);
  const { rows } = await listEvents(admin, { take: 100 });
  expect(rows.map(({ type, data, customer }) => [type, data.user_id, customer])).toEqual([
    ["customer.created", undefined, reference],
    ["member.added", admin.person.id, reference],
    ["member.added", other.person.id, reference],
    ["member.removed", other.person.id, reference],
  ]);
});

test("another customer reads nothing of it, staff do", async () => {
  await newConnection(access);
  const [event] = (await listEvents(access, { take: 1 })).rows;
  const stranger = await member();
  const theirs = (await listEvents(stranger, { take: 100 })).rows;
  expect(theirs.filter(({ customer }) => customer !== stranger.customer.reference)).toEqual([]);
  await expect(getEvent(stranger, event?.id ?? "")).rejects.toMatchObject({ code: "not-found" });
  expect((await listEventsForStaff(await staffMember(), { take: 1 })).rows).toEqual([event]);
});

test("what is older than 30 days is forgotten, and nothing else", async () => {
  const now = new Date("2026-03-31T12:00:00Z");
  for (const createdAt of ["2026-03-01T11:59:59Z", "2026-03-01T12:00:01Z"])
    await db.event.create({
      data: { type: "connection.created", customerId: access.customer.id, createdAt, data: { word: createdAt } },
    });
  expect(await purgeEvents(db, now)).toBe(1);
  expect((await words()).map(({ word }) => word)).toEqual(["2026-03-01T12:00:01Z"]);
});
