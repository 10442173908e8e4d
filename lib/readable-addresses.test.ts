import { expect, test } from "vitest";
import { readableAddress } from "./readable-addresses";

test.each([
  ["/c/%ff/people?tab=%ff", "/c/%EF%BF%BD/people?tab=%ff"],
  ["/c/100%/people", "/c/%EF%BF%BD/people"],
  ["/%c0%80", "/%EF%BF%BD"],
  ["/c/M%C3%BCller/people?a=1?b=2", "/c/M%C3%BCller/people?a=1?b=2"],
  ["/", "/"],
])("%s is read as %s", (address, readable) => {
  expect(readableAddress(address)).toBe(readable);
});
