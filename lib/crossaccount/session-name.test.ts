import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemRandomBytes } from "./random";
import { sessionName } from "./session-name";

describe("sessionName", () => {
  test("tells service and purpose, and is unique", () => {
    const name = sessionName("Acme", "Nightly cost report", systemRandomBytes);
    expect(name).toMatch(/^acme-nightly-cost-report-[0-9a-f]{16}$/);
    expect(sessionName("Acme", "Nightly cost report", systemRandomBytes)).not.toBe(name);
  });

  test("is one that STS takes, whatever the purpose", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (purpose) => {
        expect(sessionName("A".repeat(32), purpose, systemRandomBytes)).toMatch(/^[\w+=,.@-]{2,64}$/);
      }),
    );
  });
});
