import { expect, test } from "vitest";
import type { FindRole } from "./actions";
import { type SearchTime, searchRole } from "./search-role";

const input = { customer: "c", connectionId: "0", accountId: "111122223333" };
const roleArn = "arn:aws:iam::111122223333:role/acme/x";
const notYet = {
  ok: true,
  data: { found: false, retryAfterSeconds: 5, explanation: "not there yet", roleArn },
} as const;

/** A clock that pauses move. Who looks at the page at a moment is said by `isSeen`. */
function clock(isSeen: (now: number) => boolean = () => true) {
  const state = { now: 0, seen: 0, pauses: [] as number[] };
  const time: SearchTime = {
    elapsed: () => state.seen,
    isSeen: () => isSeen(state.now),
    pause: async (milliseconds) => {
      state.pauses.push(milliseconds);
      if (isSeen(state.now)) state.seen += milliseconds;
      state.now += milliseconds;
    },
  };
  return { state, time };
}

function search(find: FindRole, time: SearchTime) {
  return searchRole(find, input, new AbortController().signal, () => {}, time);
}

test("a search ends after two minutes, with what was seen last and the role to diagnose", async () => {
  const { state, time } = clock();
  let asked = 0;
  const end = await search(async () => {
    asked += 1;
    return notYet;
  }, time);
  expect(end).toEqual({ kind: "ended", explanation: "not there yet", roleArn });
  expect(state.now).toBe(120_000);
  expect(asked).toBe(25);
});

test("time in which nobody looks at the page does not count, and the role is found in it", async () => {
  const { state, time } = clock((now) => now < 10_000);
  const found = async () => (state.now >= 600_000 ? ({ ok: true, data: { found: true } } as const) : notYet);
  expect(await search(found, time)).toEqual({ kind: "found" });
  expect(state.seen).toBe(10_000);
  expect(state.pauses.filter((milliseconds) => milliseconds < 15_000)).toHaveLength(2);
});
