import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { requireFreePorts } from "./free-ports";
import { stopLeftOvers } from "./left-overs";
import type { LocalOptions, Part } from "./part";
import { prepareSandbox } from "./prepare-sandbox";
import type { Environment, LocalProcess } from "./processes";
import { createPrograms } from "./programs";
import { type LocalSecrets, localSecrets } from "./secrets";
import { runsSandbox, sandboxPort, startAws } from "./start-aws";
import { startDatabase } from "./start-database";
import { openIdProviderPort, startSignIn } from "./start-sign-in";

export interface LocalServices {
  /** The complete environment of the portal. What the operator set has won. */
  environment: Environment;
  /** Programs that must keep running. */
  processes: LocalProcess[];
  /** Whether we run the provider with the demo people. */
  demoPeople: boolean;
  /** Whether we run the sandbox. */
  sandbox: boolean;
  /** Notes one more program that the next start stops, should this process be killed. */
  remember(program: LocalProcess, command: string): Promise<void>;
  /** Begins to audit connections; stopped with the rest. */
  startWorker(more?: Environment): Promise<LocalProcess>;
  stop(): Promise<void>;
}

/** Everything the portal needs on one machine: each part is left out where the operator configured another. */
export async function startServices(given: LocalOptions): Promise<LocalServices> {
  // A copy: reading the vendor's config may write what was made here into the operator's environment.
  const options = { ...given, operator: { ...given.operator } };
  const { directory, operator, vendorConfig, onLine } = options;
  await mkdir(directory, { recursive: true });
  const pids = join(directory, "processes.json");
  await stopLeftOvers(pids);
  await requireFreePorts(neededPorts(options));
  const secrets = await localSecrets(join(directory, "secrets.json"));
  const environment = firstEnvironment(options, secrets);
  const programs = createPrograms({ pids, onLine });
  const part: Part = { options, secrets, environment, programs };
  try {
    await Promise.all([startDatabase(part), startAws(part), startSignIn(part)]);
    const config = await vendorConfig(environment);
    if (environment.CROSSACCOUNT_AWS === "sandbox") await prepareSandbox(environment, config);
  } catch (error) {
    await programs.stop();
    throw error;
  }
  return {
    environment,
    processes: programs.running,
    demoPeople: !operator.OIDC_ISSUER,
    sandbox: runsSandbox(options),
    remember: programs.remember,
    startWorker: (more = {}) =>
      programs.run("worker", "script/worker.ts", { ...environment, NODE_ENV: "production", ...more }),
    stop: programs.stop,
  };
}

function neededPorts(options: LocalOptions) {
  return [
    { port: options.port, program: "portal", variable: "PORT" },
    ...(runsSandbox(options) ? [{ port: sandboxPort(options), program: "sandbox", variable: "SANDBOX_PORT" }] : []),
    ...(options.operator.OIDC_ISSUER
      ? []
      : [{ port: openIdProviderPort(options), program: "OpenID provider", variable: "OIDC_PORT" }]),
  ];
}

/** What is known before anything runs. What the operator set wins. */
function firstEnvironment({ directory, port, operator }: LocalOptions, secrets: LocalSecrets): Environment {
  return {
    AUTH_SECRET: secrets.authSecret,
    ENCRYPTION_KEYS: operator.KMS_KEY_ID ? undefined : secrets.encryptionKeys,
    // The log of a trial says what goes wrong; what an auditor needs goes to a file.
    LOG_LEVEL: "warn",
    ACCESS_LOG_CHECKPOINT_FILE: join(directory, "access-log-checkpoints"),
    ...operator,
    PORT: String(port),
    BASE_URL: operator.BASE_URL ?? `http://localhost:${port}`,
  };
}
