#!/usr/bin/env node
import { parseArgs } from "node:util";
import { createSandbox } from "./server";

const HELP = `An AWS on this machine, for tests of cross-account roles.

  --port N             port to listen on (SANDBOX_PORT, 4566); 0 takes any free one
  --host ADDRESS       address to listen on (SANDBOX_HOST, 127.0.0.1)
  --state FILE         keeps everything in this file over a restart (SANDBOX_DATA); in memory without one
  --propagation-ms N   milliseconds until a change of a role or policy counts, as IAM's does (SANDBOX_PROPAGATION_MS, 0)
  --help               prints this

It acts as the administrator of any account: keep it where only this machine reaches it.`;

const { SANDBOX_PORT = "4566", SANDBOX_HOST, SANDBOX_DATA, SANDBOX_PROPAGATION_MS = "0" } = process.env;

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: SANDBOX_PORT },
      host: { type: "string", default: SANDBOX_HOST },
      state: { type: "string", default: SANDBOX_DATA },
      "propagation-ms": { type: "string", default: SANDBOX_PROPAGATION_MS },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const sandbox = await createSandbox({
    port: wholeNumber("port", values.port),
    propagationMs: wholeNumber("propagation-ms", values["propagation-ms"]),
    ...(values.host ? { host: values.host } : {}),
    ...(values.state ? { state: values.state } : {}),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void sandbox.close().then(() => process.exit(0));
    });
  }
  console.log(`AWS sandbox on ${sandbox.url}`);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}".`);
}
