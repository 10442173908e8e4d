import { configurationFaults } from "@/lib/configuration-faults";

/** A faulty environment or vendor configuration stops the start here, with one message, before anybody is served. */
const faults = await configurationFaults();
if (faults) {
  process.stderr.write(`\n${faults}\n`);
  process.exit(1);
}

const [{ envWarnings }, { log }] = await Promise.all([import("@/lib/env"), import("@/lib/log")]);
for (const warning of envWarnings) log.warn(warning);
