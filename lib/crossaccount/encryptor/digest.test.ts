import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createDigester } from "./digest";

describe("digester", () => {
  test("finds equal values and tells fields and values apart", () => {
    const { digest } = createDigester({ keys: [randomBytes(32)] });
    expect(digest("value", "roleArn")).toBe(digest("value", "roleArn"));
    const different = [digest("value", "roleArn"), digest("value", "externalId"), digest("other", "roleArn")];
    expect(new Set([...different, digest("b", "a:"), digest(":b", "a")]).size).toBe(5);
  });

  test("cannot be computed without the key", () => {
    const { digest } = createDigester({ keys: [randomBytes(32)] });
    expect(digest("value", "f")).not.toBe(createDigester({ keys: [randomBytes(32)] }).digest("value", "f"));
    expect(digest("value", "f")).not.toBe(createHash("sha256").update("value").digest("hex"));
  });

  test("still finds what an older key indexed", () => {
    const old = randomBytes(32);
    const fresh = randomBytes(32);
    const stored = createDigester({ keys: [old] }).digest("value", "f");
    const rotated = createDigester({ keys: [fresh, old] });
    expect(rotated.candidates("value", "f")).toContain(stored);
    expect(rotated.digest("value", "f")).toBe(rotated.candidates("value", "f")[0]);
  });

  test("refuses no key and a short key", () => {
    expect(() => createDigester({ keys: [] })).toThrow(expect.objectContaining({ code: "config-invalid" }));
    expect(() => createDigester({ keys: [randomBytes(16)] })).toThrow(
      expect.objectContaining({ code: "config-invalid" }),
    );
  });
});
