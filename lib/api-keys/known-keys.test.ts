import { expect, test } from "vitest";
import { createKnownKeys } from "./known-keys";

function stage() {
  const stored = new Map<string, { name: string }>();
  let [time, reads] = [0, 0];
  const keys = createKnownKeys({
    find: async (digest) => {
      reads += 1;
      return stored.get(digest) ?? null;
    },
    now: () => time,
  });
  return { stored, keys, reads: () => reads, pass: (milliseconds: number) => (time += milliseconds) };
}

test("a busy key is read twice a second, and one that changed is known within that time", async () => {
  const { stored, keys, reads, pass } = stage();
  stored.set("a", { name: "before" });
  for (let asked = 0; asked < 100; asked += 1) {
    expect(await keys.get("a")).toEqual({ name: "before" });
    pass(10);
  }
  expect(reads()).toBe(2);
  stored.set("a", { name: "after" });
  pass(500);
  expect(await keys.get("a")).toEqual({ name: "after" });
});

test("who asks at the same moment shares one read", async () => {
  const { stored, keys, reads } = stage();
  stored.set("a", { name: "a" });
  await Promise.all(Array.from({ length: 50 }, () => keys.get("a")));
  expect(reads()).toBe(1);
});

test("a digest that is none is asked for again, so that a key works as soon as it is made", async () => {
  const { stored, keys } = stage();
  expect(await keys.get("a")).toBeNull();
  stored.set("a", { name: "a" });
  expect(await keys.get("a")).toEqual({ name: "a" });
});

test("a read that failed is not kept", async () => {
  let fails = true;
  const keys = createKnownKeys({
    find: async () => {
      if (fails) throw new Error("no answer");
      return {};
    },
    now: () => 0,
  });
  await expect(keys.get("a")).rejects.toThrow("no answer");
  fails = false;
  expect(await keys.get("a")).toEqual({});
});
