import { describe, expect, test } from "vitest";
import { RequestLog } from "../dispatch/request-log";
import type { HttpRequest } from "../protocol/http";
import { handleControl } from "./index";

const nothing = () => undefined;
const controls = {
  faults: { set: nothing, add: nothing, list: () => [] },
  setOrganization: nothing,
  setRegions: nothing,
  setPropagation: nothing,
  issueWebIdentityToken: () => "",
  createPublicBucket: async () => undefined,
  launchStack: async () => ({ stackId: "", status: "", outputs: {} }),
  reset: nothing,
};

async function health({
  host = "127.0.0.1:4566",
  origin,
  sourceIp = "127.0.0.1",
}: Record<string, string>): Promise<number> {
  const request: HttpRequest = {
    method: "GET",
    url: new URL(`http://${host}/_sandbox/health`),
    path: "/_sandbox/health",
    headers: { host, ...(origin === undefined ? {} : { origin }) },
    body: Buffer.alloc(0),
  };
  return (await handleControl(request, { sourceIp }, { controls, log: new RequestLog() })).status;
}

describe("who may control the sandbox", () => {
  test.each<[string, Record<string, string>, number]>([
    ["a program of this machine", {}, 200],
    ["the same over IPv6", { sourceIp: "::1", host: "[::1]:4566" }, 200],
    ["the same by an IPv4 address within IPv6", { sourceIp: "::ffff:127.0.0.1", host: "localhost:4566" }, 200],
    ["another machine", { sourceIp: "192.0.2.7" }, 403],
    ["another machine that looks alike", { sourceIp: "::ffff:192.127.0.1" }, 403],
    ["a name that was rebound to this machine", { host: "evil.example:4566" }, 403],
    ["a web page", { origin: "http://localhost:3000" }, 403],
    ["a web page without an address", { origin: "null" }, 403],
  ])("%s", async (_, request, status) => {
    expect(await health(request)).toBe(status);
  });
});
