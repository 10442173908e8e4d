import "server-only";
import { type Database, db } from "./db";
import { logFailure } from "./log-failure";

/** Whether this process can serve people. */
export async function checkReadiness(database: Database = db): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch (error) {
    logFailure(error, "the database was asked whether it answers");
    return false;
  }
}
