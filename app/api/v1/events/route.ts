import { read } from "@/lib/api/endpoint";
import { ofCustomerOrPortal } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { listEvents, listEventsForStaff } from "@/lib/events/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists what happened in the last 30 days, in the order of commits.",
    scope: "events:read",
    query: shapes.eventsQuery,
    answer: shapes.eventsPage,
    guard: ofCustomerOrPortal,
    run: async ({ query: { connection: connectionId, type, after, cursor, limit: take } }, access) => {
      const wanted = {
        ...{ connectionId, take, type },
        after: Math.max(after, Number(cursor)),
      };
      const { rows, hasMore } =
        "customer" in access ? await listEvents(access, wanted) : await listEventsForStaff(access, wanted);
      return { data: rows.map(views.event), next_cursor: hasMore ? String(rows.at(-1)?.sequence) : null };
    },
  }),
});
