import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemRandomBytes } from "../random";
import { seeds } from "../testing/seeds";
import { sessionName } from "./session-name";

describe("sessionName", () => {
  test("tells purpose and connection, and is unique", () => {
    const connectionId = randomUUID();
    const name = sessionName(connectionId, "Nightly report", systemRandomBytes);
    expect(name).toMatch(new RegExp(`^nightly-report-${connectionId}-[0-9a-f]{8}$`));
    expect(sessionName(connectionId, "Nightly report", systemRandomBytes)).not.toBe(name);
  });

  test.each(seeds(20_261_126))("is one that STS takes, whatever purpose and connection's ID (seed %i)", (seed) => {
    const text = fc.string({ unit: "grapheme", maxLength: 300 });
    fc.assert(
      fc.property(text, text, (connectionId, purpose) => {
        expect(sessionName(connectionId, purpose, systemRandomBytes)).toMatch(/^[\w+=,.@-]{2,64}$/);
      }),
      { seed },
    );
  });
});
