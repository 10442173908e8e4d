import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";

const inputs = ["{app,components,lib,public}/**/*", "*.{ts,js,mjs,json}", "package-lock.json"];
const stamp = ".next/crossaccount-build";

/** Builds the portal for production, unless the last build was made from these very files. */
export async function buildOnce(onOutput: (text: string) => void, signal?: AbortSignal): Promise<void> {
  const wanted = await fingerprint();
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  onOutput("Building the portal, because files changed since the last build (a minute or two)");
  await run(onOutput, signal);
  await writeFile(stamp, wanted);
}

async function fingerprint(): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(inputs, { withFileTypes: true })) {
    if (entry.isFile() && !/\.test\.ts$|\.tsbuildinfo$|next-env\.d\.ts$/.test(entry.name))
      files.push(`${entry.parentPath}/${entry.name}`);
  }
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest("hex");
}

function run(onOutput: (text: string) => void, signal?: AbortSignal): Promise<void> {
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn("node_modules/.bin/next", ["build"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((settle, fail) => {
    signal?.addEventListener("abort", () => child.kill());
    child.once("error", fail);
    child.once("exit", (code) => {
      if (code === 0) return settle();
      if (!signal?.aborted) onOutput(output);
      fail(new Error("The portal could not be built"));
    });
  });
}
