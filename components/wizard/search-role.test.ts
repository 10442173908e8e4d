import { expect, test } from "vitest";
import { searchRole } from "./search-role";

const input = { customer: "c", connectionId: "0", accountId: "111122223333" };
const roleArn = "arn:aws:iam::111122223333:role/acme/x";
const notYet = {
  ok: true,
  data: { found: false, retryAfterSeconds: 5, explanation: "not there yet", roleArn },
} as const;

test("a search ends after two minutes, with what was seen last and the role to diagnose", async () => {
  let now = 0;
  let asked = 0;
  const time = {
    now: () => now,
    pause: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  globalThis.document ??= { visibilityState: "visible" } as Document;
  const find = async () => {
    asked += 1;
    return notYet;
  };
  const end = await searchRole(find, input, new AbortController().signal, () => {}, time);
  expect(end).toEqual({ kind: "ended", explanation: "not there yet", roleArn });
  expect(now).toBe(120_000);
  expect(asked).toBe(25);
});
