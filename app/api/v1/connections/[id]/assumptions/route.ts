import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { announceAssumption } from "@/lib/assumptions/announce-assumption";
import { readAnnounced } from "@/lib/assumptions/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: write({
    summary:
      "Announces that the caller assumes the role by an AWS identity of its own, and answers what that takes. The access log has it first.",
    scope: "connections:assume",
    params: shapes.connectionPath,
    body: shapes.wantedAssumption,
    status: 201,
    answer: shapes.newAssumption,
    guard: ofConnection,
    run: ({ params: { id: connectionId }, body }, access, requestId) => {
      const { purpose, region, duration_seconds: durationSeconds } = body;
      return announceAssumption(access, { connectionId, purpose, region, durationSeconds }, requestId);
    },
    show: async ({ id: assumptionId }, { params: { id: connectionId } }, access) =>
      views.newAssumption(await readAnnounced(access, { connectionId, assumptionId })),
  }),
});
