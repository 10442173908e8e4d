import { buildOnce } from "../dev/local/build";
import { type Environment, start, untilAnswers } from "../dev/local/processes";
import { type LocalServices, startServices } from "../dev/local/services";
import { configurationFaults } from "../lib/configuration-faults";
import type { CrossAccountConfig } from "../lib/crossaccount/index";

const development = process.argv.includes("--dev");
const port = Number(process.env.PORT ?? 3000);
const directory = process.env.CROSSACCOUNT_DATA ?? ".data";
const began = performance.now();
const say = (text: string) => process.stdout.write(`${text}\n`);

/** The local OpenID provider forgets who signed in when it stops, and is meant to. */
const beingLocal = /development-only in-memory adapter/;

say("Starting crossaccount (Ctrl-C stops all of it)");
const stopSignal = new Promise<void>((settle) => {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => settle());
});

const stopping = new AbortController();
void stopSignal.then(() => stopping.abort());
const building = development ? Promise.resolve() : buildOnce(say, stopping.signal);
building.catch(() => {}); // awaited below; a failure must not end the process before the services are stopped

let failed = false;
try {
  const services = await startServices({
    directory,
    port,
    operator: process.env,
    vendorConfig: faultlessConfig,
    onLine: (name, line) => {
      if (!beingLocal.test(line)) say(`[${name}] ${line}`);
    },
  });
  try {
    await serve(services);
  } finally {
    await services.stop();
  }
} catch (error) {
  failed = true;
  say(`crossaccount stops: ${(error as Error).message}`);
} finally {
  stopping.abort();
}
process.exit(failed ? 1 : 0);

async function serve(services: LocalServices): Promise<void> {
  const environment: NodeJS.ProcessEnv = {
    ...services.environment,
    NODE_ENV: development ? "development" : "production",
  };
  if (services.sandbox && services.demoPeople) await seed(environment);
  await Promise.race([building, stopSignal]);
  if (stopping.signal.aborted) return;
  const next = ["node_modules/.bin/next", development ? "dev" : "start", "-H", "127.0.0.1", "-p", String(port)];
  const portal = start("portal", next, { ...environment, NEXT_TELEMETRY_DISABLED: "1" }, (line) =>
    say(`[portal] ${line}`),
  );
  try {
    await services.remember(portal, "next");
    await services.startWorker({ NODE_ENV: environment.NODE_ENV });
    await Promise.race([untilAnswers(`http://127.0.0.1:${port}/api/health/ready`, portal), stopSignal]);
    say(greeting(services));
    const ended = [portal, ...services.processes].map(async (running) => {
      await running.exited;
      return running.name;
    });
    const name = await Promise.race([stopSignal, ...ended]);
    if (name) throw new Error(`${name} ended by itself`);
  } finally {
    await portal.stop();
  }
}

/** One message for every fault of both, before anything is made by them. */
async function faultlessConfig(environment: Environment): Promise<CrossAccountConfig> {
  Object.assign(
    process.env,
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
  );
  const faults = await configurationFaults();
  if (faults) throw new Error(`\n${faults}`);
  return (await import("../crossaccount.config")).default;
}

async function seed(environment: NodeJS.ProcessEnv): Promise<void> {
  const output: string[] = [];
  const command = [process.execPath, "--conditions=react-server", "--import", "tsx", "prisma/seed.ts"];
  const seeding = start("demo data", command, { ...environment, LOG_LEVEL: "error" }, (line) => output.push(line));
  const code = await Promise.race([seeding.exited, stopSignal]);
  await seeding.stop();
  if (code) throw new Error(`the demo data could not be made:\n${output.join("\n")}`);
}

function greeting({ environment, demoPeople, sandbox }: LocalServices): string {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const lines = ["", `  The portal is ready after ${seconds} s: ${environment.BASE_URL}`];
  if (demoPeople)
    lines.push(
      "  Choose one of these people at sign-in (no password):",
      "    Ana Ferreira    admin of Acme Robotics     Vera Novak      viewer of Acme Robotics",
      "    Bo Lindqvist    admin of Borealis Health   Kim Adeyemi     member of nothing yet",
      "    Sam Okafor      staff, support             Sasha Petrov    staff, security",
    );
  if (sandbox)
    lines.push(
      `  AWS is a sandbox on this machine: ${environment.AWS_ENDPOINT_URL} — any 12-digit account ID exists in it.`,
    );
  return `${lines.join("\n")}\n`;
}
