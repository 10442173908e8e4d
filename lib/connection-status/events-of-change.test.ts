import { expect, test } from "vitest";
import { type EventColumns, eventsOfChange } from "./events-of-change";

const at = new Date();
const pending: EventColumns = {
  status: "pending",
  provenAt: null,
  setupPermissions: "unknown",
  heldByCustomerAt: null,
  heldByStaffAt: null,
  disconnectedAt: null,
};
const setup: EventColumns = { ...pending, status: "setup", provenAt: at, setupPermissions: "present" };
const active: EventColumns = { ...setup, status: "active", setupPermissions: "gone" };
const insecure: EventColumns = { ...active, status: "insecure" };
const broken: EventColumns = { ...active, status: "broken" };
const paused: EventColumns = { ...active, status: "paused", heldByCustomerAt: at };
const pausedByBoth: EventColumns = { ...paused, heldByStaffAt: at };
const ended: EventColumns = { ...active, status: "disconnected", disconnectedAt: at };

test.each([
  ["nothing", active, active, []],
  ["a first verification", pending, setup, ["status_changed", "verified"]],
  ["setup permissions that are gone", setup, active, ["status_changed", "setup_removed"]],
  [
    "one that others can assume from the start",
    pending,
    { ...pending, status: "insecure" },
    ["status_changed", "insecure"],
  ],
  ["a role that others can assume", active, insecure, ["status_changed", "insecure"]],
  ["one that is closed again", insecure, active, ["status_changed", "recovered"]],
  ["a role that is gone", active, broken, ["status_changed", "broken"]],
  ["one that is insecure and then gone", insecure, broken, ["status_changed", "broken"]],
  ["one that is there again", broken, active, ["status_changed", "recovered"]],
  ["a pause", active, paused, ["status_changed", "paused"]],
  ["a second hold, which changes no status", paused, pausedByBoth, ["paused"]],
  ["a hold that is lifted beside another", pausedByBoth, paused, ["resumed"]],
  ["the last hold that is lifted", paused, active, ["status_changed", "resumed"]],
  ["a fault found behind a pause", paused, broken, ["status_changed", "broken", "resumed"]],
  ["an end", active, ended, ["status_changed", "disconnected"]],
] satisfies [string, EventColumns, EventColumns, string[]][])("%s", (_what, before, after, expected) => {
  const types = eventsOfChange(before, after).map(({ type }) => type.replace("connection.", ""));
  expect(types.sort()).toEqual(expected.toSorted());
});

test("the status before and after, and whose hold it is, are told", () => {
  expect(eventsOfChange(active, paused)).toContainEqual({
    type: "connection.status_changed",
    data: { from: "active", to: "paused" },
  });
  expect(eventsOfChange(paused, pausedByBoth)).toEqual([{ type: "connection.paused", data: { by: "staff" } }]);
});
