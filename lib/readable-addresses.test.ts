import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { keepAddressesReadable, readableAddress } from "./readable-addresses";

test.each([
  ["/c/%ff/people?tab=%ff", "/c/%EF%BF%BD/people?tab=%ff"],
  ["/c/100%/people", "/c/%EF%BF%BD/people"],
  ["/%c0%80", "/%EF%BF%BD"],
  ["/c/M%C3%BCller/people?a=1?b=2", "/c/M%C3%BCller/people?a=1?b=2"],
  ["/", "/"],
])("%s is read as %s", (address, readable) => {
  expect(readableAddress(address)).toBe(readable);
});

test("a server that was begun before never sees what is no text", async () => {
  const server = createServer((request, response) => response.end(request.url)).listen(0, "127.0.0.1");
  await once(server, "listening");
  keepAddressesReadable();
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/c/%ff/people?tab=1`);
  expect(await answer.text()).toBe("/c/%EF%BF%BD/people?tab=1");
  server.close();
});
