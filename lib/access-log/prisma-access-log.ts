import "server-only";
import type { AccessLog } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";

/** The access log in the database. When it cannot be written the caller gets no credentials. */
export function createAccessLog(database: Database): AccessLog {
  return {
    async record({ actor, ...entry }) {
      await database.accessLogEntry.create({ data: { ...entry, actorType: actor.type, actorId: actor.id } });
    },
  };
}
