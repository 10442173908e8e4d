import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenApiDocument } from "../../lib/api-reference/document";
import { apiOperations } from "../../lib/api-reference/operations";
import { sampleOf } from "../../lib/api-reference/samples";
import { createSandbox, type RunningSandbox } from "../../sandbox/server";
import { codeBlocks } from "./code-blocks";

const run = promisify(execFile);
const workspaces = ["lib/crossaccount", "sandbox"];
const guides = ["docs/integrators.md", "docs/api.md"];

/** An empty folder on the machine of somebody who has the two packages and nothing of this repository. */
let outside: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "crossaccount-outside-"));
  const packed = await Promise.all(workspaces.map(pack));
  await cp("script/packages/consumer", outside, { recursive: true });
  for (const document of [...workspaces.map((folder) => `${folder}/README.md`), ...guides]) {
    for (const { name, text } of codeBlocks(await readFile(document, "utf8"))) {
      await writeFile(join(outside, name), text);
    }
  }
  await writeFile(join(outside, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8")) as Lock;
  const of = (name: string) => `${name}@${packages[`node_modules/${name}`]?.version}`;
  await npm(
    outside,
    "install",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    // A registry that does not answer is asked again soon, not after npm's five minutes.
    "--fetch-timeout=20000",
    "--fetch-retries=5",
    ...packed,
    "node@22",
    of("@aws-crypto/client-node"),
    ...[
      "typescript",
      "@types/node",
      "@aws-sdk/client-sts",
      "@aws-sdk/client-iam",
      "@aws-sdk/client-kms",
      "standardwebhooks",
      "vitest",
    ].map(of),
  );
  sandbox = await createSandbox();
}, 600_000);

afterAll(async () => {
  await sandbox?.close();
  await rm(outside, { recursive: true, force: true });
});

interface Lock {
  packages: Record<string, { version: string } | undefined>;
}

/** Without what npm and vitest told this process, which would not be there outside. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const told = /^(npm_(package|lifecycle|config_local_prefix)|VITEST|NODE_(ENV|OPTIONS|PATH)$|AWS_)/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name))),
    NODE_ENV: "production",
  };
}

async function npm(directory: string, ...parameters: string[]): Promise<string> {
  return (await run("npm", parameters, { cwd: directory, env: plainEnvironment() })).stdout;
}

async function pack(folder: string): Promise<string> {
  const stdout = await npm(folder, "pack", "--silent", "--pack-destination", outside);
  return join(outside, stdout.trim().split("\n").at(-1) ?? "");
}

const nodes = { "Node 22": () => join(outside, "node_modules/node/bin/node"), "this Node": () => process.execPath };

async function node(binary: string, ...parameters: string[]): Promise<string> {
  return (await run(binary, parameters, { cwd: outside, env: plainEnvironment() })).stdout.trim();
}

describe.each(Object.entries(nodes))("the packages under %s", (_name, binary) => {
  test.each([
    ["", import("../../lib/crossaccount/index")],
    ["/assume", import("../../lib/crossaccount/faces/assume")],
    ["/config", import("../../lib/crossaccount/faces/config")],
    ["/encryptors", import("../../lib/crossaccount/faces/encryptors")],
    ["/portal", import("../../lib/crossaccount/faces/portal")],
    ["/status", import("../../lib/crossaccount/status")],
    ["/testing", import("../../lib/crossaccount/faces/testing")],
    ["/webhooks", import("../../lib/crossaccount/faces/webhooks")],
  ])("crossaccount%s has what its source has, and loads what it says", async (face, source) => {
    const loaded = JSON.parse(await node(binary(), "faces.mjs", `crossaccount${face}`)) as Loaded;
    expect(loaded.exports.sort()).toEqual(Object.keys(await source).sort());
    const ours = loaded.packages.filter(
      (name) => !/^(@smithy|@aws-crypto\/(crc|sha|util)|@aws\/|@aws-sdk\/(?!client-)|tslib)/.test(name),
    );
    expect(ours.filter((name) => !broughtBy[face]?.includes(name))).toEqual([]);
    expect(ours).toContain("crossaccount");
  });

  test("connect, verify and use a role as the README says, in fifteen lines", async () => {
    expect(await node(binary(), "connect.mjs")).toMatch(/^arn:aws:sts::111122223333:assumed-role\//);
    const lines = (await readFile(join(outside, "connect.mjs"), "utf8")).split("\n").filter((line) => line.trim());
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test("keep connections in a storage of one's own over a restart, for a Lambda to use", async () => {
    const path = join(outside, `connections-${process.hrtime.bigint()}.json`);
    sandbox.reset();
    expect(await node(binary(), "restart.mjs", "connect", sandbox.url, path)).toBe("active");
    expect(await readFile(path, "utf8")).not.toContain("arn:aws:iam");
    expect(await node(binary(), "restart.mjs", "use", sandbox.url, path)).toBe("111122223333 1");
  });

  test("answer each misuse with a typed error and a sentence", async () => {
    const thrown = JSON.parse(await node(binary(), "misuse.mjs")) as Record<string, [string, string, string] | null>;
    const codes = Object.fromEntries(Object.entries(thrown).map(([misuse, error]) => [misuse, error?.slice(0, 2)]));
    const [ours, input, config] = ["CrossAccountError", "input-invalid", "config-invalid"];
    expect(codes).toEqual({
      "a config of nothing": [ours, config],
      "a config that is text": [ours, config],
      "a verb without options": [ours, input],
      "a verb with empty options": [ours, input],
      "a customer that is not there": [ours, "connection-not-found"],
      "a use without a purpose": [ours, input],
      "a use without options": [ours, input],
      "a customer that is no text": [ours, input],
      "an assumer of nothing": [ours, input],
      "an assumer without storage": [ours, input],
      "a storage that throws": [ours, "storage-failed"],
      "an empty key ring": [ours, config],
      "a short key": [ours, config],
      "a KMS alias": [ours, config],
      "a foreign ciphertext": [ours, "decryption-failed"],
      "a verifier without secrets": [ours, config],
      "a portal's address with a password": [ours, config],
      "an API key that is none": [ours, config],
      "a parsed webhook": [ours, input],
      "a forged webhook": [ours, "webhook-invalid"],
    });
    for (const error of Object.values(thrown)) expect(error?.[2]).toMatch(/^\w.+[.:]/);
  });

  test("are there for require, too", async () => {
    expect(await node(binary(), "-p", "typeof require('crossaccount').createCrossAccountClient")).toBe("function");
  });

  test("run the sandbox by its command, which keeps its state in a file", async () => {
    const state = join(outside, `sandbox-${process.hrtime.bigint()}.json`);
    const first = await startSandbox(binary(), "--port", "0", "--state", state);
    await fetch(`${first.url}/_sandbox/regions`, {
      method: "POST",
      body: '{"accountId":"111122223333","disabled":["eu-west-1"]}',
    });
    await first.stop();
    expect(await readFile(state, "utf8")).toContain("eu-west-1");
    const again = await startSandbox(binary(), "--port", "0", "--state", state);
    expect((await fetch(`${again.url}/console/`)).status).toBe(200);
    await again.stop();
  });
});

interface Loaded {
  exports: string[];
  packages: string[];
}

/** Packages that loading a face brings, but for the AWS SDK's own parts. */
const sessions = ["@aws-sdk/client-sts", "cockatiel", "crossaccount", "lru-cache"];
const broughtBy: Record<string, string[]> = {
  "": [...sessions, "@aws-sdk/client-iam", "@aws-sdk/client-s3", "zod"].sort(),
  "/assume": sessions,
  "/config": ["crossaccount", "zod"],
  "/encryptors": ["crossaccount"],
  "/portal": ["crossaccount"],
  "/status": ["crossaccount"],
  "/testing": ["crossaccount"],
  "/webhooks": ["@stablelib/base64", "crossaccount", "fast-sha256", "standardwebhooks"],
};

async function startSandbox(binary: string, ...parameters: string[]): Promise<{ url: string; stop(): Promise<void> }> {
  const command = join(outside, "node_modules/.bin/crossaccount-sandbox");
  const child = spawn(binary, [command, ...parameters], { cwd: outside, env: plainEnvironment() });
  const ended = new Promise<number | null>((settle) => child.once("exit", settle));
  const url = await new Promise<string>((settle, fail) => {
    child.stdout.on("data", (text: Buffer) => {
      const found = /on (http:\S+)/.exec(text.toString())?.[1];
      if (found) settle(found);
    });
    child.stderr.on("data", (text: Buffer) => fail(new Error(text.toString())));
    void ended.then((code) => fail(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
    },
  };
}

describe("what the documents show", () => {
  test("every snippet of the guide for integrators runs, from a config to a verified webhook", async () => {
    const printed = await node(process.execPath, "guide.ts");
    expect(JSON.parse(printed.split("\n").at(-1) ?? "")).toEqual({
      before: "repair",
      status: "active",
      failed: [],
      account: "111122223333",
      after: "ready",
      elsewhere: true,
      uses: ["nightly cost report", "readiness", "report"],
      received: [["connection.verified", "c1"]],
      answers: [204, 400],
    });
  });

  test("every snippet compiles, strictly", async () => {
    const options = [
      "--noEmit",
      "--strict",
      "--target",
      "es2023",
      "--module",
      "nodenext",
      "--allowImportingTsExtensions",
    ];
    const texts = await Promise.all(guides.map((guide) => readFile(guide, "utf8")));
    const names = texts.flatMap((text) => codeBlocks(text).map(({ name }) => name));
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect((await tsc(...options, "guide.ts", ...names)).stdout).toBe("");
  });

  test("every program in TypeScript of the API reference compiles, strictly", async () => {
    const document: OpenApiDocument = JSON.parse(await readFile("docs/openapi.json", "utf8"));
    const operations = apiOperations(document);
    expect(operations.length).toBeGreaterThan(15);
    const names = await Promise.all(
      operations.map(async (operation) => {
        const name = `${operation.room}-${operation.name}.ts`;
        await writeFile(join(outside, name), sampleOf(document, operation, "typescript", "https://portal.example"));
        return name;
      }),
    );
    const options = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext"];
    expect((await tsc(...options, ...names)).stdout).toBe("");
  });

  test("the sandbox's README tests a trust policy with vitest", async () => {
    const { stdout } = await run("node_modules/.bin/vitest", ["run", "trust.test.ts"], {
      cwd: outside,
      env: plainEnvironment(),
    });
    expect(stdout).toMatch(/Tests .*1 passed/);
  });
});

/** The compiler's own output, whether or not it refuses. */
async function tsc(...parameters: string[]): Promise<{ stdout: string }> {
  const options = { cwd: outside, env: plainEnvironment() };
  return run(resolve("node_modules/.bin/tsc"), ["--types", "node", ...parameters], options).catch(
    (error: { stdout: string }) => error,
  );
}

describe("types for those who have the package alone", () => {
  test.each([
    ["nodenext", "nodenext"],
    ["bundler", "esnext"],
  ])(
    "hold strictly under moduleResolution %s: right calls compile, sixteen wrong ones do not",
    async (resolution, module) => {
      const options = [
        "--noEmit",
        "--strict",
        "--target",
        "es2023",
        "--module",
        module,
        "--moduleResolution",
        resolution,
      ];
      const checked = await tsc(...options, "right.ts", "wrong.ts");
      expect(checked.stdout).toBe("");
      expect((await readFile(join(outside, "wrong.ts"), "utf8")).match(/^\/\/ @ts-expect-error/gm)).toHaveLength(16);
    },
  );
});

describe("what is packed", () => {
  test.each(["crossaccount", "crossaccount-sandbox"])(
    "%s has its licence, README and changelog, and no tests",
    async (name) => {
      const files = await readdir(join(outside, "node_modules", name), { recursive: true });
      expect(files).toEqual(
        expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "package.json", "dist/index.mjs"]),
      );
      expect(files.filter((file) => /\.test\.|(^|\/)testing\/|tsconfig|tsdown/.test(file))).toEqual([]);
    },
  );

  test("a bundle of the face for Lambdas has nothing of IAM, S3 or zod", async () => {
    const entry = { contents: 'export { createAssumer } from "crossaccount/assume";', resolveDir: outside };
    const { metafile } = await build({
      stdin: entry,
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "esm",
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.some((path) => path.includes("@aws-sdk/client-sts"))).toBe(true);
    expect(inputs.filter((path) => /client-(iam|s3|kms|node)|\/zod\//.test(path))).toEqual([]);
  });
});
