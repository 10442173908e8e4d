import { parseArgs } from "node:util";
import { endOnSignal } from "../dev/local/end-on-signal";
import { databaseAddressFault } from "../lib/database-address";
import { migrate } from "../prisma/apply-migrations";

/** `npm run migrate` brings the database of DATABASE_URL up to date. */
endOnSignal();
const { DATABASE_URL } = process.env;
try {
  if (!DATABASE_URL) throw new Error("Set DATABASE_URL to the database that is to be brought up to date.");
  const fault = databaseAddressFault(DATABASE_URL);
  if (fault) throw new Error(`DATABASE_URL ${fault}.`);
  const { values } = parseArgs({ options: { "times-written-in": { type: "string" } } });
  const applied = await migrate(DATABASE_URL, { timesWrittenIn: values["times-written-in"] });
  console.log(applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
