import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import config from "../../crossaccount.config";
import { UtcClient } from "../../lib/postgres";
import { administratorOf, iamOf, policyOf } from "../../sandbox/testing/clients";
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

test("what was stored is there again after everything was stopped and started, with the keys that read it", async () => {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-restart-"));
  const operator: Environment = {
    PATH: process.env.PATH,
    SANDBOX_PORT: String(await freePort()),
    OIDC_PORT: String(await freePort()),
  };
  const port = await freePort();
  const begin = () => startServices({ directory, port, operator, vendorConfig: async () => config, onLine: () => {} });
  const role = {
    RoleName: "kept",
    AssumeRolePolicyDocument: policyOf({ Effect: "Deny", Principal: "*", Action: "*" }),
  };
  const customer = `INSERT INTO "Customer" ("id", "reference", "name") VALUES (gen_random_uuid(), 'kept', 'Kept')`;
  const ask = async ({ DATABASE_URL }: Environment, statement: string) => {
    const client = new UtcClient({ connectionString: DATABASE_URL });
    await client.connect();
    const { rows } = await client.query(statement);
    await client.end();
    return rows;
  };
  const iam = ({ AWS_ENDPOINT_URL = "" }: Environment) => iamOf(administratorOf("111122223333", AWS_ENDPOINT_URL));
  const first = await begin();
  try {
    await ask(first.environment, customer);
    await iam(first.environment).send(new CreateRoleCommand(role));
  } finally {
    await first.stop();
  }
  const second = await begin();
  try {
    expect(await ask(second.environment, `SELECT "reference" FROM "Customer"`)).toEqual([{ reference: "kept" }]);
    const { Role } = await iam(second.environment).send(new GetRoleCommand({ RoleName: "kept" }));
    expect(Role?.RoleName).toBe("kept");
    const { AUTH_SECRET, ENCRYPTION_KEYS } = first.environment;
    expect(AUTH_SECRET).toBeDefined();
    expect(second.environment).toMatchObject({ AUTH_SECRET, ENCRYPTION_KEYS });
  } finally {
    await second.stop();
    await rm(directory, { recursive: true, force: true });
  }
}, 180_000);
