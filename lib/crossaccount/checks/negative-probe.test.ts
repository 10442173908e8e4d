import { describe, expect, test } from "vitest";
import { systemRandomBytes } from "../random";
import { wrongIdOfOtherShape, wrongIdOfSameShape } from "./negative-probe";

const externalId = `acme-${"0".repeat(32)}`;

describe("wrong external IDs", () => {
  test("of the same shape share prefix and length, and are fresh", () => {
    const wrong = wrongIdOfSameShape(externalId, systemRandomBytes);
    expect(wrong).toMatch(/^acme-[0-9a-f]{32}$/);
    expect(wrong).not.toBe(externalId);
    expect(wrongIdOfSameShape(externalId, systemRandomBytes)).not.toBe(wrong);
  });

  test("are never the right one, even from a broken generator", () => {
    const wrong = wrongIdOfSameShape(externalId, (size) => new Uint8Array(size));
    expect(wrong).not.toBe(externalId);
    expect(wrong).toHaveLength(externalId.length);
  });

  test("work for an ID without a prefix and of odd length", () => {
    expect(wrongIdOfSameShape("abcde", systemRandomBytes)).toMatch(/^[0-9a-f]{5}$/);
  });

  test("of another shape share neither prefix nor length, and STS takes them", () => {
    const wrong = wrongIdOfOtherShape(systemRandomBytes);
    expect(wrong).toMatch(/^[\w+=,.@:/-]{2,1224}$/);
    expect(wrong.startsWith("acme")).toBe(false);
    expect(wrong).not.toHaveLength(externalId.length);
  });
});
