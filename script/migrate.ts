import { migrate } from "./local/migrate";

/** `npm run migrate` brings the database of DATABASE_URL up to date. */
const { DATABASE_URL } = process.env;
if (!DATABASE_URL) {
  console.error("Set DATABASE_URL to the database that is to be brought up to date.");
  process.exit(1);
}
const applied = await migrate(DATABASE_URL);
console.log(applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}`);
