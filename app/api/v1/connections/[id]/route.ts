import { read, remove, write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { deleteConnection } from "@/lib/connections/delete-connection";
import { getConnection } from "@/lib/connections/queries";
import { renameConnection } from "@/lib/connections/rename-connection";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads a connection.",
    scope: "connections:read",
    params: shapes.connectionPath,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => views.connection(await getConnection(access, id)),
  }),
  PATCH: write({
    summary: "Renames a connection.",
    scope: "connections:write",
    params: shapes.connectionPath,
    body: shapes.changedConnection,
    status: 200,
    answer: shapes.connection,
    guard: ofConnection,
    run: async ({ params: { id }, body: { name } }, access) => {
      await renameConnection(access, { connectionId: id, name });
      return { id };
    },
    show: async ({ id }, _input, access) => views.connection(await getConnection(access, id)),
  }),
  DELETE: remove({
    summary: "Deletes a connection whose role was never verified.",
    scope: "connections:write",
    params: shapes.connectionPath,
    guard: ofConnection,
    id: ({ params: { id } }) => id,
    run: ({ params: { id } }, access) => deleteConnection(access, id),
  }),
});
