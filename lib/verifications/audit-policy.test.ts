import { expect, test } from "vitest";
import declared from "@/crossaccount.config";
import { parseConfig } from "@/lib/crossaccount";
import { auditPolicy } from "./audit-policy";

const minute = 60_000;

test("a vendor who declares nothing gets audits once a day and careful thresholds", () => {
  expect(auditPolicy(declared.audits)).toMatchObject({
    everyMs: 24 * 60 * minute,
    recheckAfterMs: 15 * minute,
    brokenAfter: 3,
    brokenWithinMs: 30 * minute,
    keepForMs: 90 * 24 * 60 * minute,
  });
});

test.each([
  ["every", "1m", "15 minutes or more"],
  ["every", "daily", "must be a duration"],
  ["recheckAfter", "30", "must be a duration"],
  ["brokenAfter", 0, "1 or more"],
  ["stsCallsPerSecond", 1_000, "600 or less"],
  ["keepFor", "1h", "one day or more"],
])("%s: %s is refused by name", (name, value, message) => {
  const { setupExpiresAfterSeconds: _derived, ...input } = declared;
  expect(() => parseConfig({ ...input, audits: { ...input.audits, [name]: value } })).toThrow(
    new RegExp(`audits\\.${name}.*${message}`),
  );
});
