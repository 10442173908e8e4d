import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { resumeConnection } from "@/lib/connections/pause-connection";
import { getConnection } from "@/lib/connections/queries";
import { databaseTime } from "@/lib/database-time";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary: "Lifts the customer's own hold; one of the vendor's staff stays.",
    scope: "connections:write",
    params: shapes.connectionPath,
    status: 200,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => {
      await resumeConnection(access, id, databaseTime());
      return { id };
    },
    show: async ({ id }, _input, access) => views.connection(await getConnection(access, id)),
  }),
});
