import "server-only";
import { type Database, db } from "./db";
import { log } from "./log";

/** Whether this process can serve people. */
export async function checkReadiness(database: Database = db): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch (error) {
    log.error({ err: error }, "database does not answer");
    return false;
  }
}
