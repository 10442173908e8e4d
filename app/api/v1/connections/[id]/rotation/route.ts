import { remove, write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { abandonRotation } from "@/lib/connections/abandon-rotation";
import { rotationView } from "@/lib/connections/rotation-view";
import { startRotation } from "@/lib/connections/start-rotation";
import { databaseTime } from "@/lib/database-time";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary:
      "Issues a new external ID, and answers how the stack gets it. Both are tried until a verification saw AWS refuse the former.",
    scope: "connections:write",
    params: shapes.connectionPath,
    status: 201,
    answer: shapes.rotation,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => {
      await startRotation(access, id, databaseTime());
      return { id };
    },
    show: async ({ id }, _input, access) => views.rotation(await rotationView(access, id)),
  }),
  DELETE: remove({
    summary: "Takes the new external ID back, after AWS was asked: one that is in use stays.",
    scope: "connections:write",
    params: shapes.connectionPath,
    guard: ofConnection,
    id: ({ params: { id } }) => id,
    run: ({ params: { id } }, access) => abandonRotation(access, id, databaseTime()),
  }),
});
