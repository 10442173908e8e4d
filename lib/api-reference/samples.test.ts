import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import document from "@/docs/openapi.json" with { type: "json" };
import type { OpenApiDocument } from "./document";
import { apiOperations } from "./operations";
import { type Language, languages, sampleOf } from "./samples";

const run = promisify(execFile);
const openApi: OpenApiDocument = document;
const operations = apiOperations(openApi);
const called = (name: string) =>
  operations.find((one) => `${one.room}.${one.name}` === name) ?? expect.unreachable(name);

/** What stands for the portal, and keeps what it was asked. */
const asked: { request: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  asked.push({
    request: `${request.method} ${request.url}`,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  });
  if (request.method === "DELETE") response.writeHead(204).end();
  else response.writeHead(200, { "content-type": "application/json" }).end('{"answered":true}');
});
let portal: string;
let folder: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), "crossaccount-samples-"));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** How a sample is run where its language is there; whoever copies the one for curl has uuidgen. */
const runs = {
  curl: {
    needs: "curl",
    file: "call.sh",
    command: (file: string) => ["sh", "-c", `uuidgen() { echo once; }; . ${file}`],
  },
  python: { needs: "python3", file: "call.py", command: (file: string) => ["python3", file] },
} as const;

function isThere(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
}

describe.each(Object.entries(runs))("the sample in %s", (language, { needs, file, command }) => {
  test.skipIf(!isThere(needs)).each(["connections.create", "connections.list", "connections.deleteLink"])(
    "makes the call %s with the key from the environment",
    async (name) => {
      const operation = called(name);
      const path = join(folder, file);
      await writeFile(path, sampleOf(openApi, operation, language as Language, portal));
      const [program = "", ...parameters] = command(path);
      asked.length = 0;
      const { stdout } = await run(program, parameters, {
        env: { ...process.env, CROSSACCOUNT_KEY: "ck_from-the-environment" },
      });
      const filled = operation.path.replace("{id}", "CONNECTION_ID").replace("{link}", "LINK_ID");
      expect(asked.map(({ request }) => request)).toEqual([`${operation.method} ${filled}`]);
      const { headers, body } = asked[0] ?? expect.unreachable();
      expect(headers.authorization).toBe("Bearer ck_from-the-environment");
      if (operation.repeatable) expect(headers["idempotency-key"]).toMatch(/\S/);
      if (operation.body) {
        expect(headers["content-type"]).toBe("application/json");
        expect(JSON.parse(body)).toEqual(operation.example);
      }
      if (operation.answer) expect(stdout).toContain("answered");
    },
  );
});

test.skipIf(!isThere("gofmt"))("the samples in Go are as Go's own formatter writes them", async () => {
  for (const operation of operations) {
    const path = join(folder, "call.go");
    await writeFile(path, `${sampleOf(openApi, operation, "go", portal)}\n`);
    expect((await run("gofmt", ["-d", path])).stdout, operation.path).toBe("");
  }
});

test.each(Object.keys(languages) as Language[])(
  "each operation has a program in %s, without a key in it",
  (language) => {
    expect(operations.length).toBeGreaterThan(15);
    for (const operation of operations) {
      const text = sampleOf(openApi, operation, language, "https://portal.example");
      expect(text).toContain(
        language === "typescript" ? `portal.${operation.room}.${operation.name}(` : "https://portal.example/api/v1/",
      );
      expect(text).toContain("CROSSACCOUNT_KEY");
      expect(text).not.toMatch(/undefined|\{(id|customer|link)\}/);
    }
  },
);
