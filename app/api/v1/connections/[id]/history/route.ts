import { read } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { connectionHistory } from "@/lib/audits/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists how a connection's status changed, and why.",
    scope: "access-log:read",
    params: shapes.connectionPath,
    query: shapes.historyQuery,
    answer: shapes.history,
    guard: ofConnection,
    run: async ({ params: { id }, query: { before } }, access) => {
      const { changes, olderBefore } = await connectionHistory(
        access,
        id,
        before === undefined ? undefined : new Date(before),
      );
      return {
        data: changes.map(({ from, to, cause, at }) => ({ from, to, cause, at: at.toISOString() })),
        older_before: olderBefore?.toISOString() ?? null,
      };
    },
  }),
});
