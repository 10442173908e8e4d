import { expect, test } from "vitest";
import { addressHere } from "./options";

const base = "https://portal.example";

test.each(["/c/acme?tab=1", "https://portal.example/c/acme?tab=1"])("signing in goes on to %s", (wanted) => {
  expect(addressHere(wanted, base)).toBe("https://portal.example/c/acme?tab=1");
});

test.each([
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "/.//evil.test",
  "https://portal.example.evil.test",
  "https://portal.example@evil.test",
  "https://portal.example:evil",
  "javascript:alert(1)",
])("signing in never goes on to %s", (wanted) => {
  expect(addressHere(wanted, base)).toBe(base);
});
