import { describe, expect, test } from "vitest";
import { externalIdPattern, generateExternalId } from "./external-id";

test("an external ID is the prefix and 128 random bits, another one each time", () => {
  const made = Array.from({ length: 1_000 }, () => generateExternalId("nimbus"));
  for (const id of made) expect(id).toMatch(/^nimbus-[0-9a-f]{32}$/);
  expect(new Set(made).size).toBe(1_000);
});

describe("without randomness there is no external ID", () => {
  test.each([
    ["a source that throws", () => fail()],
    ["too few bytes", () => Uint8Array.of(1, 2, 3)],
    ["no bytes", () => new Uint8Array(0)],
    ["zeros", (size: number) => new Uint8Array(size)],
    ["one byte over and over", (size: number) => new Uint8Array(size).fill(0xab)],
  ])("%s", (_name, source) => {
    expect(() => generateExternalId("nimbus", source)).toThrow(
      expect.objectContaining({ name: "CrossAccountError", code: "external-id-unavailable" }),
    );
  });
});

test("the pattern takes this vendor's external IDs and no others, whatever the prefix holds", () => {
  const pattern = new RegExp(externalIdPattern("a.b+c"));
  expect(pattern.test(generateExternalId("a.b+c"))).toBe(true);
  expect(pattern.test(generateExternalId("axb+c"))).toBe(false);
  expect(pattern.test(generateExternalId("a.bbc"))).toBe(false);
  expect(pattern.test(`${generateExternalId("a.b+c")}0`)).toBe(false);
});

function fail(): never {
  throw new Error("entropy pool is gone");
}
