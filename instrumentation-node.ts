import { setTimeout as delay } from "node:timers/promises";
import { configurationFaults } from "@/lib/configuration-faults";
import { keepAddressesReadable } from "@/lib/readable-addresses";

/** A faulty environment or vendor configuration stops the start here, with one message, before anyone is served. */
const faults = await configurationFaults();
if (faults) {
  process.stderr.write(`\n${faults}\n`);
  process.exit(1);
}

const [
  { env, envWarnings, proxyEnvironment },
  { log },
  { config },
  { crossAccount },
  { publishTemplates },
  { checkReadiness },
  { endInTime },
  { consoleToLog },
  { configuredPartitions, configWarnings, partitionSettings, unknownAwsNames },
] = await Promise.all([
  import("@/lib/env"),
  import("@/lib/log"),
  import("@/lib/config"),
  import("@/lib/crossaccount-client/client"),
  import("@/lib/crossaccount-client/publish-template"),
  import("@/lib/readiness"),
  import("@/lib/shutdown"),
  import("@/lib/console-lines"),
  import("@/lib/crossaccount"),
]);
if (env.NODE_ENV === "production") consoleToLog();
keepAddressesReadable();
endInTime(() => log.error("the portal did not end in time and was cut off"));
for (const warning of envWarnings) log.warn(warning);
for (const { path, message } of configWarnings(config)) log.warn(`crossaccount.config.ts: ${path}: ${message}`);
// The first connection tells what time it is; without one the portal starts all the same, and says so.
await checkReadiness();

// Behind a proxy, names need not be known here.
if (!proxyEnvironment(env))
  void unknownAwsNames(configuredPartitions(config).flatMap((name) => partitionSettings(config, name).regions)).then(
    (faults) => faults.map((fault) => log.warn(fault)),
  );
void publishTemplates({
  config,
  client: crossAccount,
  wait: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
  onFault: (error) =>
    log.error({ err: error }, "the template could not be put into its bucket; the portal tries again"),
});
