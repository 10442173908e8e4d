import "server-only";
import { getConnection } from "@/lib/connections/queries";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { write } from "./endpoint";
import { ofConnection } from "./guards";
import * as shapes from "./shapes";
import * as views from "./views";

/** A method that stops or resumes the use of a connection, and answers with the connection as it is then. */
export function exit(
  summary: string,
  verb: (access: CustomerAccess, connectionId: string, now: Date) => Promise<void>,
) {
  return write({
    summary,
    scope: "connections:write",
    params: shapes.connectionPath,
    status: 200,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => {
      await verb(access, id, databaseTime());
      return { id };
    },
    show: async ({ id }, _input, access) => views.connection(await getConnection(access, id)),
  });
}
