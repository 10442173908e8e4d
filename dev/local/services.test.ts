import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import config from "../../crossaccount.config";
import { freePort } from "./free-ports";
import type { Environment } from "./processes";
import { startServices } from "./services";

test("what was started here counts as ours, though the environment that says so reaches the operator's meanwhile", async () => {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-services-"));
  const operator: Environment = {
    PATH: process.env.PATH,
    SANDBOX_PORT: String(await freePort()),
    OIDC_PORT: String(await freePort()),
  };
  const services = await startServices({
    directory,
    port: await freePort(),
    disposable: true,
    operator,
    // The vendor's config reads the environment of this process, so script/server puts there what was made.
    vendorConfig: async (environment) => {
      Object.assign(operator, environment);
      return config;
    },
    onLine: () => {},
  });
  try {
    expect(services).toMatchObject({ demoPeople: true, sandbox: true });
  } finally {
    await services.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
