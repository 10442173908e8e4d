import { write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { getAssumption } from "@/lib/assumptions/queries";
import { reportAssumption } from "@/lib/assumptions/report-assumption";
import { databaseTime } from "@/lib/database-time";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: write({
    summary: "Reports what became of an announced assumption. The access log keeps it as the word of the key's holder.",
    scope: "connections:assume",
    params: shapes.assumptionPath,
    body: shapes.assumptionReport,
    status: 200,
    answer: shapes.assumption,
    guard: ofConnection,
    run: async ({ params: { id: connectionId, assumption: assumptionId }, body }, access) => {
      const { outcome, error_code: errorCode, sts_request_id: requestId, expires_at } = body;
      const expiresAt = expires_at === undefined ? undefined : new Date(expires_at);
      const report = { connectionId, assumptionId, outcome, errorCode, requestId, expiresAt };
      await reportAssumption(access, report, databaseTime());
      return { id: assumptionId };
    },
    show: async (_done, { params: { id: connectionId, assumption: assumptionId } }, access) =>
      views.assumption(await getAssumption(access, { connectionId, assumptionId })),
  }),
});
