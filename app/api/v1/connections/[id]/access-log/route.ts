import { listAccessLog } from "@/lib/access-log/queries";
import { read } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists who used a connection, when and why, newest first.",
    scope: "access-log:read",
    params: shapes.connectionPath,
    query: shapes.accessLogQuery,
    answer: shapes.accessLogPage,
    guard: ofConnection,
    run: async ({ params: { id }, query: { cursor } }, access) =>
      views.accessLogPage(await listAccessLog(access, id, {}, cursor)),
  }),
});
