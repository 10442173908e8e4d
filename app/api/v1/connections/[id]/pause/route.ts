import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { pauseConnection } from "@/lib/connections/pause-connection";
import { getConnection } from "@/lib/connections/queries";
import { databaseTime } from "@/lib/database-time";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary:
      "Stops the use of a connection until it is resumed; nothing in AWS changes. It is the customer's own hold.",
    scope: "connections:write",
    params: shapes.connectionPath,
    status: 200,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => {
      await pauseConnection(access, id, databaseTime());
      return { id };
    },
    show: async ({ id }, _input, access) => views.connection(await getConnection(access, id)),
  }),
});
