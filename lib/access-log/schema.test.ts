import { expect, test } from "vitest";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import { actorTypes } from "./kinds";
import { readFilter } from "./schema";

test("whoever the library records can be shown and searched for", () => {
  expect([...actorTypes].sort()).toEqual([...ACTOR_TYPES].sort());
  for (const actor of ACTOR_TYPES) expect(readFilter({ actor })).toEqual({ filter: { actor }, faults: [] });
});

test("a filter keeps what an address says", () => {
  const given = { purpose: " nightly ", actorId: "job-7", from: "2026-03-01", to: ["2026-03-02", "later"], probes: "" };
  expect(readFilter(given)).toEqual({
    filter: { purpose: "nightly", actorId: "job-7", from: "2026-03-01", to: "2026-03-02" },
    faults: [],
  });
});

test.each([
  ["outcome", "maybe"],
  ["purpose", "nightly\0"],
  ["actorId", "job\0"],
  ["purpose", "x".repeat(201)],
  ["from", "2026-02-30"],
  ["to", "0000-01-01"],
])("%s %j is named as a fault and filters nothing", (name, value) => {
  const { filter, faults } = readFilter({ [name]: value });
  expect(filter).toEqual({});
  expect(faults).toEqual([expect.stringContaining(name)]);
});
