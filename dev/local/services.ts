import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CrossAccountConfig } from "@/lib/crossaccount";
import { migrate } from "../../prisma/apply-migrations";
import { demoStaff } from "../../prisma/demo-people";
import { requireFreePorts } from "./free-ports";
import { remember, stopLeftOvers } from "./left-overs";
import { startPostgres } from "./postgres";
import { prepareSandbox } from "./prepare-sandbox";
import { type Environment, type LocalProcess, start, untilAnswers } from "./processes";
import { localSecrets } from "./secrets";

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

export interface LocalOptions {
  /** Where data and secrets are kept. */
  directory: string;
  port: number;
  operator: Environment;
  /** What the vendor declared. Asked for once the environment is complete; what it throws stops the start. */
  vendorConfig: (environment: Environment) => Promise<CrossAccountConfig>;
  onLine?: (name: string, line: string) => void;
  /** For tests: the database does not outlive them. */
  disposable?: boolean;
}

/** Everything the portal needs on one machine: each part is left out where the operator configured another. */
export async function startServices({
  directory,
  port,
  operator,
  vendorConfig,
  onLine,
  disposable,
}: LocalOptions): Promise<LocalServices> {
  await mkdir(directory, { recursive: true });
  const pids = join(directory, "processes.json");
  await stopLeftOvers(pids);
  const sandboxPort = Number(operator.SANDBOX_PORT ?? 4566);
  const oidcPort = Number(operator.OIDC_PORT ?? 4400);
  const ownSandbox = operator.CROSSACCOUNT_AWS !== "aws" && !operator.AWS_ENDPOINT_URL;
  await requireFreePorts([
    { port, program: "portal", variable: "PORT" },
    ...(ownSandbox ? [{ port: sandboxPort, program: "sandbox", variable: "SANDBOX_PORT" }] : []),
    ...(operator.OIDC_ISSUER ? [] : [{ port: oidcPort, program: "OpenID provider", variable: "OIDC_PORT" }]),
  ]);
  const secrets = await localSecrets(join(directory, "secrets.json"));
  const baseUrl = operator.BASE_URL ?? `http://localhost:${port}`;
  const environment: Environment = {
    AUTH_SECRET: secrets.authSecret,
    ENCRYPTION_KEYS: operator.KMS_KEY_ID ? undefined : secrets.encryptionKeys,
    // The log of a trial says what goes wrong; what an auditor needs goes to a file.
    LOG_LEVEL: "warn",
    ACCESS_LOG_CHECKPOINT_FILE: join(directory, "access-log-checkpoints"),
    ...operator,
    PORT: String(port),
    BASE_URL: baseUrl,
  };
  const stops: (() => Promise<void>)[] = [];
  const processes: LocalProcess[] = [];
  const note = async ({ pid }: LocalProcess, command: string) => {
    if (pid) await remember(pids, { pid, command });
  };
  const run = async (name: string, script: string, more: Environment) => {
    const command = ["--conditions=react-server", "--import", "tsx", script];
    const running = start(name, [process.execPath, ...command], { ...environment, ...more }, (line) =>
      onLine?.(name, line),
    );
    processes.push(running);
    stops.push(running.stop);
    await note(running, script);
    return running;
  };
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };

  try {
    const own = { sandbox: false, demoPeople: false };
    await Promise.all([
      (async () => {
        if (!operator.DATABASE_URL) {
          const postgres = await startPostgres({
            directory: join(directory, "postgres"),
            port: Number(operator.POSTGRES_PORT ?? 0),
            password: secrets.postgresPassword,
            disposable,
          });
          stops.unshift(postgres.stop);
          processes.push({
            name: "PostgreSQL",
            pid: undefined,
            exited: postgres.exited.then(() => null),
            stop: postgres.stop,
          });
          environment.DATABASE_URL = postgres.url;
        }
        await migrate(environment.DATABASE_URL ?? "");
      })(),
      (async () => {
        if (operator.CROSSACCOUNT_AWS === "aws") return;
        environment.CROSSACCOUNT_AWS = "sandbox";
        environment.AWS_REGION ??= "us-east-1";
        environment.AWS_ACCESS_KEY_ID ??= "AKIASANDBOX123456789012";
        environment.AWS_SECRET_ACCESS_KEY ??= "sandbox";
        if (ownSandbox) {
          environment.AWS_ENDPOINT_URL = `http://127.0.0.1:${sandboxPort}`;
          const running = await run("sandbox", "sandbox/main.ts", {
            SANDBOX_PORT: String(sandboxPort),
            SANDBOX_DATA: join(directory, "sandbox.json"),
          });
          await untilAnswers(`${environment.AWS_ENDPOINT_URL}/_sandbox/requests`, running);
          own.sandbox = true;
        }
      })(),
      (async () => {
        if (operator.OIDC_ISSUER) return;
        environment.OIDC_ISSUER = `http://127.0.0.1:${oidcPort}`;
        environment.OIDC_CLIENT_ID = "crossaccount";
        environment.OIDC_CLIENT_SECRET = secrets.oidcClientSecret;
        environment.CUSTOMER_CLAIM ??= "customer";
        if (operator.STAFF_EMAILS === undefined && operator.STAFF_SECURITY_EMAILS === undefined)
          Object.assign(environment, demoStaff);
        const running = await run("openid-provider", "dev/local/openid-provider/main.ts", {
          OIDC_PORT: String(oidcPort),
          OIDC_REDIRECT_URI: `${baseUrl}/api/auth/callback/oidc`,
        });
        await untilAnswers(`${environment.OIDC_ISSUER}/.well-known/openid-configuration`, running);
        own.demoPeople = true;
      })(),
    ]);
    const config = await vendorConfig(environment);
    if (environment.CROSSACCOUNT_AWS === "sandbox") await prepareSandbox(environment, config);
    const startWorker = (more: Environment = {}) =>
      run("worker", "script/worker.ts", { NODE_ENV: "production", ...more });
    return { environment, processes, ...own, remember: note, startWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
