import { describe, expect, test } from "vitest";
import type { RoleSession } from "../assume-role";
import { createSessionCache } from "./session-cache";

function setUp() {
  let now = 0;
  let made = 0;
  const load = async (): Promise<RoleSession> => {
    made += 1;
    const expiration = new Date(now + 3_600_000);
    return {
      roleId: `AROA${made}`,
      credentials: { accessKeyId: "a", secretAccessKey: "s", sessionToken: "t", expiration },
    };
  };
  const cache = createSessionCache(() => new Date(now));
  const pass = (minutes: number) => {
    now += minutes * 60_000;
  };
  return { cache, load, pass, count: () => made };
}

describe("session cache", () => {
  test("makes one session for a thousand callers at the same time", async () => {
    const { cache, load, count } = setUp();
    await Promise.all(Array.from({ length: 1_000 }, () => cache.get("key", load)));
    expect(count()).toBe(1);
  });

  test("keeps a session until five minutes before its end", async () => {
    const { cache, load, pass, count } = setUp();
    await cache.get("key", load);
    pass(54);
    await cache.get("key", load);
    expect(count()).toBe(1);
    pass(1);
    await cache.get("key", load);
    expect(count()).toBe(2);
  });

  test("does not share between keys, and forgets a failure", async () => {
    const { cache, load, count } = setUp();
    await expect(cache.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await cache.get("a", load);
    await cache.get("b", load);
    expect(count()).toBe(2);
  });
});
