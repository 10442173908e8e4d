import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { build } from "esbuild";
import type { Benchmark, BenchmarkResult } from "./support/benchmark";
import { stoppable } from "./support/interruption";
import { median } from "./support/measure";
import { startSandbox } from "./support/sandbox";

const run = promisify(execFile);
const ROUNDS = 11;
const roleArn = "arn:aws:iam::111122223333:role/Bench";
const options = (url: string) =>
  `region: "us-east-1", endpoint: ${JSON.stringify(url)}, credentials: { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" }`;

/** Gets credentials once and ends, as the first call of a Lambda does. */
const programs = {
  ours: (url: string) => `
    import { createAssumer } from "crossaccount/assume";
    import { createMemoryAccessLog, createMemoryEncryptor, createMemoryStorage } from "crossaccount/testing";
    const [storage, encryptor] = [createMemoryStorage(), createMemoryEncryptor()];
    const scope = { customerId: "acme", connectionId: "one" };
    await storage.put({ ...scope, accountId: "111122223333", region: "us-east-1", status: "active",
      roleArn: await encryptor.encrypt("${roleArn}", { ...scope, field: "roleArn" }),
      externalId: await encryptor.encrypt("bench-1", { ...scope, field: "externalId" }) });
    const assumer = createAssumer({ serviceName: "bench", storage, encryptor, accessLog: createMemoryAccessLog(), aws: { ${options(url)} } });
    if (!(await assumer.assumeCustomerRole("acme", { purpose: "bench" })()).sessionToken) throw new Error("none");`,
  sdk: (url: string) => `
    import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
    const { credentials: masterCredentials, ...clientConfig } = { ${options(url)} };
    const provider = fromTemporaryCredentials({ masterCredentials, clientConfig,
      params: { RoleArn: "${roleArn}", RoleSessionName: "bench", ExternalId: "bench-1" } });
    if (!(await provider()).sessionToken) throw new Error("none");`,
};

/** What it costs to install the packages, and to start with them; the SDK's own provider in the same run. */
const benchmark: Benchmark = {
  name: "packages",
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "crossaccount-packages-"));
    const remove = stoppable(() => rm(folder, { recursive: true, force: true }));
    const sandbox = await startSandbox();
    try {
      const packed = await packAll(folder);
      const install = await installInto(
        folder,
        packed.map(({ file }) => file),
      );
      await createRole(sandbox.url);
      const bundles = await bundleAll(folder, sandbox.url);
      const starts = await coldStarts(folder);
      return {
        results: [...packed.map(({ name, kb }) => ({ case: name, packed_kb: kb })), install, ...bundles, ...starts],
        ratios: { cold_start_vs_sdk: round((starts[0]?.median_ms ?? 0) / (starts[1]?.median_ms ?? 1)) },
      };
    } finally {
      await sandbox.stop();
      await remove();
    }
  },
};
export default benchmark;

async function packAll(folder: string) {
  const packed = [];
  for (const [name, workspace] of [
    ["crossaccount", "lib/crossaccount"],
    ["crossaccount-sandbox", "sandbox"],
  ] as const) {
    const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: workspace });
    const file = join(folder, stdout.trim().split("\n").at(-1) ?? "");
    packed.push({ name, file, kb: Math.round((await stat(file)).size / 1024) });
  }
  return packed;
}

async function installInto(folder: string, files: string[]): Promise<BenchmarkResult> {
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const began = performance.now();
  await run("npm", ["install", "--no-audit", "--no-fund", ...files], { cwd: folder });
  const seconds = round((performance.now() - began) / 1000);
  const modules = await readdir(join(folder, "node_modules"), { withFileTypes: true, recursive: true });
  const manifests = modules.filter(
    ({ name, parentPath }) => name === "package.json" && /node_modules\/(@[^/]+\/)?[^/@]+$/.test(parentPath),
  );
  const { stdout } = await run("du", ["-sk", join(folder, "node_modules")]);
  return {
    case: "npm install of both",
    seconds,
    packages: manifests.length,
    mb: Math.round(Number(stdout.split("\t")[0]) / 1024),
  };
}

async function createRole(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "AKIASANDBOX111122223333", secretAccessKey: "sandbox" };
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "bench-1" } },
      },
    ],
  };
  await new IAMClient({ endpoint, region: "us-east-1", credentials }).send(
    new CreateRoleCommand({ RoleName: "Bench", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
}

/** As a Lambda is made: one minified file with all that it needs. The SDK's provider comes from this repository's packages. */
async function bundleAll(folder: string, url: string): Promise<BenchmarkResult[]> {
  const faces = {
    ".": 'export { createCrossAccountClient } from "crossaccount";',
    "./assume": 'export { createAssumer } from "crossaccount/assume";',
  };
  const results: BenchmarkResult[] = [];
  for (const [face, contents] of Object.entries(faces)) {
    results.push({ case: `bundle of ${face}`, kb: await bundle(contents, folder, join(folder, "face.mjs")) });
  }
  await bundle(programs.ours(url), folder, join(folder, "ours.mjs"));
  await bundle(programs.sdk(url), process.cwd(), join(folder, "sdk.mjs"));
  return results;
}

async function bundle(contents: string, resolveDir: string, outfile: string): Promise<number> {
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  const external = ["@aws-crypto/client-node"];
  await build({
    stdin: { contents, resolveDir },
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    banner,
    external,
  });
  return Math.round((await stat(outfile)).size / 1024);
}

async function coldStarts(folder: string) {
  const times: Record<"ours" | "sdk", number[]> = { ours: [], sdk: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const program of ["ours", "sdk"] as const) {
      const began = performance.now();
      await run(process.execPath, [join(folder, `${program}.mjs`)]);
      times[program].push(performance.now() - began);
    }
  }
  return [
    { case: "cold start of ./assume, to credentials", median_ms: Math.round(median(times.ours)) },
    { case: "cold start of fromTemporaryCredentials", median_ms: Math.round(median(times.sdk)) },
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
