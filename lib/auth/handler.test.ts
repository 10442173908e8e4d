import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { handleAuth } from "./handler";

const form = { "content-type": "application/x-www-form-urlencoded" };

function ask(path: string, init: { method: string; headers?: Record<string, string>; body?: BodyInit }) {
  const request = new NextRequest(`http://localhost:3000/api/auth/${path}`, { ...init, duplex: "half" } as never);
  return handleAuth(request, { params: Promise.resolve({ nextauth: path.split("/") }) });
}

describe("whoever is not signed in", () => {
  test("cannot fill the memory with a body without end", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 8_192;
        controller.enqueue(new Uint8Array(8_192).fill(97));
      },
    });
    expect((await ask("signin/oidc", { method: "POST", headers: form, body })).status).toBe(413);
    expect(sent).toBeLessThan(100_000);
  });

  test("is told that only forms are read", async () => {
    const headers = { "content-type": "application/json" };
    expect((await ask("signin/oidc", { method: "POST", headers, body: "{" })).status).toBe(415);
    expect((await ask("signin/oidc", { method: "POST" })).status).toBe(415);
  });

  test.each([
    ...["csrf", "providers", "session", "signin", "signout", "callback/oidc", "error"].map((path) => ["GET", path]),
    ...["signin/oidc", "signout"].map((path) => ["POST", path]),
  ])("is answered at %s %s", async (method = "", path = "") => {
    const post = method === "POST" ? { headers: form, body: "csrfToken=none" } : {};
    expect([200, 302]).toContain((await ask(path, { method, ...post })).status);
  });

  test.each([
    ["POST", "_log"],
    ["POST", "session"],
    ["POST", "callback/credentials"],
    ["GET", "verify-request"],
    ["GET", "__proto__"],
  ])("finds nothing at %s %s", async (method, path) => {
    const post = method === "POST" ? { headers: form, body: "level=error&code=forged" } : {};
    expect((await ask(path, { method, ...post })).status).toBe(404);
  });
});
