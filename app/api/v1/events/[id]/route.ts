import { read } from "@/lib/api/endpoint";
import { ofKey } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { getEvent, getEventForStaff } from "@/lib/events/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads one event.",
    scope: "events:read",
    params: shapes.eventPath,
    answer: shapes.event,
    guard: ofKey,
    run: async ({ params: { id } }, access) =>
      views.event("customer" in access ? await getEvent(access, id) : await getEventForStaff(access, id)),
  }),
});
