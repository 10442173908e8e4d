import "server-only";
import { getConnection } from "@/lib/connections/queries";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { write } from "./endpoint";
import { ofHolder } from "./guards";
import * as shapes from "./shapes";
import * as views from "./views";

interface ExitVerbs {
  forCustomer: (access: CustomerAccess, connectionId: string, now: Date) => Promise<void>;
  /** What a key of the whole portal does, where that is something else. */
  forVendor?: (access: StaffAccess, connectionId: string, now: Date) => Promise<void>;
}

/** A method that stops or resumes the use of a connection, and answers with the connection as it is then. */
export function exit(summary: string, { forCustomer, forVendor }: ExitVerbs) {
  return write({
    summary,
    scope: "connections:write",
    params: shapes.connectionPath,
    status: 200,
    answer: shapes.connection,
    guard: ofHolder,
    run: async ({ params: { id } }, { access, portal }) => {
      if (portal && forVendor) await forVendor(portal, id, databaseTime());
      else await forCustomer(access, id, databaseTime());
      return { id };
    },
    show: async ({ id }, _input, { access }) => views.connection(await getConnection(access, id)),
  });
}
